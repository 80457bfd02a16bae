package io.pims.authentication.facade;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** An app that posts something by OkHttp, as most do. */
public final class AppWithoutClient {

    private AppWithoutClient() {}

    public static void main(String... arguments) throws IOException {
        RequestBody body = RequestBody.create(arguments[1], MediaType.get("text/plain"));
        Request request = new Request.Builder().url(arguments[0]).post(body).build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            System.out.println(response.body().string());
        }
    }
}
