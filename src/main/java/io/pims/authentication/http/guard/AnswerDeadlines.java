package io.pims.authentication.http.guard;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.pims.authentication.http.HttpConfig;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Gives each connection that the service accepts an {@link AnswerDeadline}. Neither Quarkus nor Vert.x has one for
 * HTTP/2. Found by Netty as a service.
 */
@RegisterForReflection
public final class AnswerDeadlines extends ChannelInitializerExtension {

    private final Duration timeout = ConfigProvider.getConfig()
            .unwrap(SmallRyeConfig.class)
            .getConfigMapping(HttpConfig.class)
            .answerTimeout();

    @Override
    public void postInitializeServerChildChannel(Channel accepted) {
        accepted.pipeline().addFirst(new AnswerDeadline(timeout));
    }
}
