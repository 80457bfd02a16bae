package io.pims.authentication.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pims.authentication.TestDriver;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The requests that an IDE sends from {@code story.http} do what the file says. */
@QuarkusTest
class StoryFileTest {

    private static final Path STORY = Path.of("src", "sandbox", "http", "story.http");

    @Inject
    FakeVonage vonage;

    @Inject
    ThrowawayIssuer issuer;

    @TestHTTPResource
    String service;

    @Test
    void the_story_can_be_sent_request_by_request() throws IOException {
        vonage.reset();
        TestDriver driver = TestDriver.someone(issuer);

        int requests = HttpFile.read(STORY)
                .with("host", service.replaceAll("/$", ""))
                .with("driver", driver.name())
                .with("number", driver.number())
                .run();

        assertThat(requests).isGreaterThan(10);
        assertThat(vonage.messagesTo(driver.number()))
                .as("two codes and the notice of the reset")
                .hasSizeGreaterThanOrEqualTo(2);
    }
}
