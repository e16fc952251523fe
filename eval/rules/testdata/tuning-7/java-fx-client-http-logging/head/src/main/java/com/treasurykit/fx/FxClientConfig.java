package com.treasurykit.fx;

import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.logging.HttpLoggingInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

@Configuration
class FxClientConfig {

    private static final Logger wire = LoggerFactory.getLogger("fx.wire");

    @Bean
    FxApi fxApi(FxProperties properties) {
        HttpLoggingInterceptor logging = new HttpLoggingInterceptor(wire::info);
        logging.setLevel(HttpLoggingInterceptor.Level.HEADERS);

        OkHttpClient client = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(2))
                .callTimeout(Duration.ofSeconds(8))
                .addInterceptor(chain -> chain.proceed(chain.request().newBuilder()
                        .header("Authorization", "Bearer " + properties.apiToken())
                        .build()))
                .addInterceptor(logging)
                .build();

        return new Retrofit.Builder()
                .baseUrl(properties.baseUrl())
                .client(client)
                .addConverterFactory(JacksonConverterFactory.create())
                .build()
                .create(FxApi.class);
    }
}
