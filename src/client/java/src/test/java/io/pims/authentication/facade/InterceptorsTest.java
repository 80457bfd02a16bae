package io.pims.authentication.facade;

import static io.pims.authentication.facade.Messages.RESET_PIN;
import static io.pims.authentication.facade.Messages.SMSCODE;
import static io.pims.authentication.facade.Messages.answerTo;
import static io.pims.authentication.facade.Messages.answerToNewPin;
import static io.pims.authentication.facade.Messages.await;
import static io.pims.authentication.facade.Messages.code;
import static io.pims.authentication.facade.ScriptedService.raw;
import static io.pims.authentication.facade.ScriptedService.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The interceptors of the application's own HTTP client, and what they may spoil. */
@Timeout(60)
class InterceptorsTest {

    @Test
    void they_see_each_request() throws Exception {
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("User-Agent", "the app")
                        .build()))
                .build();
        try (ScriptedService service = new ScriptedService(succeeded())) {
            Map<String, Object> message = answerTo(service.client().httpClient(client));

            assertThat(message).containsEntry("status", "SUCCEEDED");
            assertThat(service.request().header("User-Agent")).isEqualTo("the app");
        }
    }

    @Test
    void the_facade_goes_on_after_an_interceptor_that_fails() throws Exception {
        OkHttpClient broken = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    throw new IllegalStateException("the app's own");
                })
                .build();
        Pims pims = new Pims();
        try (ScriptedService service = new ScriptedService(succeeded())) {
            pims.initialize(service.client().httpClient(broken).build());

            assertThat(code(await(pims.get(SMSCODE, RESET_PIN)))).isEqualTo(2204);
            assertThat(code(await(pims.get(SMSCODE, RESET_PIN)))).isEqualTo(2204);
        } finally {
            pims.release();
        }
    }

    @Test
    void an_interceptor_that_tries_again_sends_no_change_twice() throws Exception {
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    try {
                        return chain.proceed(chain.request());
                    } catch (IOException lost) {
                        return chain.proceed(chain.request());
                    }
                })
                .build();
        assertChangeIsSentOnce(client);
    }

    @Test
    void an_interceptor_that_makes_the_request_anew_does_not_have_a_change_repeated() throws Exception {
        OkHttpClient client = new OkHttpClient.Builder()
                .addInterceptor(chain -> chain.proceed(new Request.Builder()
                        .url(chain.request().url())
                        .headers(chain.request().headers())
                        .method(chain.request().method(), chain.request().body())
                        .build()))
                .build();
        assertChangeIsSentOnce(client);
    }

    private static void assertChangeIsSentOnce(OkHttpClient client) throws Exception {
        try (ScriptedService service = new ScriptedService(raw(""), succeeded())) {
            Map<String, Object> message = answerToNewPin(service.client().httpClient(client));

            assertThat(code(message)).isEqualTo(2202);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void whatever_an_interceptor_throws_the_call_ends_at_once() throws Exception {
        OkHttpClient broken = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    throw Undeclared.thrown(new TimeoutException("the app's own"));
                })
                .build();
        try (ScriptedService service = new ScriptedService(succeeded())) {
            Map<String, Object> message = answerTo(service.client().httpClient(broken));

            assertThat(code(message)).isEqualTo(2204);
        }
    }

    @Test
    void an_interceptor_that_interrupts_its_thread_does_not_keep_the_call() throws Exception {
        OkHttpClient broken = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("the app's own");
                })
                .build();
        try (ScriptedService service = new ScriptedService(succeeded())) {
            Map<String, Object> message = answerTo(service.client().httpClient(broken));

            assertThat(code(message)).isEqualTo(2204);
        }
    }
}
