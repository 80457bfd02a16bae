package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.sandbox.FreePort;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;

/** What HTTP alone costs: one line of JSON by the HTTP server that is below the service (Vert.x), in a process of its own. */
final class Hello implements AutoCloseable {

    /** As {@code quarkus.vertx.event-loops-pool-size} of the service. */
    private static final int EVENT_LOOPS = 8;

    private final int port = FreePort.find();
    private final Process process = Command.startJava(Hello.class, Path.of("target", "hello.log"), port);

    Hello() {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            new Socket("127.0.0.1", port).close();
            return true;
        });
    }

    public static void main(String... arguments) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
        int port = Integer.parseInt(arguments[0]);
        vertx.deployVerticle(() -> new Endpoint(port), new DeploymentOptions().setInstances(EVENT_LOOPS));
    }

    private static final class Endpoint extends AbstractVerticle {

        private final int port;

        private Endpoint(int port) {
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer()
                    .requestHandler(request -> request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(new JsonObject().put("hello", "world").toBuffer()))
                    .listen(port, "127.0.0.1")
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }

    String address() {
        return "http://127.0.0.1:" + port + "/hello";
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
