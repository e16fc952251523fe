package io.northpantry.clearing

import java.security.SecureRandom
import java.time.Duration
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager
import okhttp3.OkHttpClient
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration

@Configuration
class ClearingHttp(private val properties: ClearingProperties) {

    @Bean
    fun clearingClient(): OkHttpClient {
        val trust = gatewayTrust()
        val context = SSLContext.getInstance("TLSv1.3")
        context.init(clientKeys().keyManagers, arrayOf(trust), SecureRandom())

        return OkHttpClient.Builder()
            .sslSocketFactory(context.socketFactory, trust)
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(Duration.ofSeconds(30))
            .callTimeout(Duration.ofSeconds(60))
            .retryOnConnectionFailure(false)
            .build()
    }

    private fun clientKeys(): KeyManagerFactory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply {
            init(properties.loadKeyStore(), properties.keyStorePassword.toCharArray())
        }

    private fun gatewayTrust(): X509TrustManager =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm())
            .apply { init(properties.loadTrustStore()) }
            .trustManagers
            .filterIsInstance<X509TrustManager>()
            .single()
}
