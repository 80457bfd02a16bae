package io.pims.authentication.performance;

import static org.awaitility.Awaitility.await;

import io.pims.authentication.sandbox.FreePort;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;

/** What HTTP alone costs: an endpoint that says one line of JSON, by the service's own HTTP server (Vert.x). */
final class Hello implements AutoCloseable {

    private final int port = FreePort.find();
    private final Process process = Command.startJava(Hello.class, Path.of("target", "hello.log"), port);

    Hello() {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            new Socket("127.0.0.1", port).close();
            return true;
        });
    }

    public static void main(String... arguments) {
        Vertx vertx = Vertx.vertx();
        int port = Integer.parseInt(arguments[0]);
        // As many event loops as the service has.
        DeploymentOptions loops =
                new DeploymentOptions().setInstances(2 * Runtime.getRuntime().availableProcessors());
        vertx.deployVerticle(() -> new Endpoint(port), loops);
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
