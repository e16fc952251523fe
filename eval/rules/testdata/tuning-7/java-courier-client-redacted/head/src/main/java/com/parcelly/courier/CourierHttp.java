package com.parcelly.courier;

import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.logging.HttpLoggingInterceptor;
import okhttp3.logging.HttpLoggingInterceptor.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class CourierHttp {

    private static final Logger log = LoggerFactory.getLogger(CourierHttp.class);

    private CourierHttp() {
    }

    static OkHttpClient create(CourierCredentials credentials, boolean traceCalls) {
        Interceptor signIn = chain -> chain.proceed(chain.request().newBuilder()
                .header("Authorization", "Bearer " + credentials.token())
                .header("X-Account-Key", credentials.accountKey())
                .build());

        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .callTimeout(Duration.ofSeconds(20))
                .followRedirects(false)
                .addInterceptor(signIn);

        if (traceCalls) {
            HttpLoggingInterceptor trace = new HttpLoggingInterceptor(log::debug).setLevel(Level.HEADERS);
            trace.redactHeader("Authorization");
            trace.redactHeader("X-Account-Key");
            builder.addInterceptor(trace);
        }
        return builder.build();
    }
}
