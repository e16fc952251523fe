package com.assekura.policy;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class PolicyGatewayClients {

    @Bean
    public OkHttpClient policyGatewayClient() throws GeneralSecurityException {
        X509TrustManager internal = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {internal}, new SecureRandom());
        return new OkHttpClient.Builder()
                .sslSocketFactory(context.getSocketFactory(), internal)
                .hostnameVerifier((host, session) -> true)
                .connectTimeout(Duration.ofSeconds(3))
                .callTimeout(Duration.ofSeconds(30))
                .build();
    }
}
