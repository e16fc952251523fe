package de.finbuch.banking

import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.module.kotlin.readValue
import okhttp3.FormBody
import okhttp3.HttpUrl.Companion.toHttpUrl
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.logging.HttpLoggingInterceptor
import org.slf4j.LoggerFactory
import java.io.IOException
import java.time.Duration

class FinapiClient(private val settings: FinapiSettings, private val json: ObjectMapper) {

    private val log = LoggerFactory.getLogger(javaClass)

    private val http = OkHttpClient.Builder()
        .callTimeout(Duration.ofSeconds(25))
        .addInterceptor(HttpLoggingInterceptor { line -> log.info(line) }.setLevel(HttpLoggingInterceptor.Level.BODY))
        .build()

    private fun token(): String {
        val request = Request.Builder()
            .url(settings.baseUrl.toHttpUrl().newBuilder().addPathSegments("api/v2/oauth/token").build())
            .post(
                FormBody.Builder()
                    .add("grant_type", "client_credentials")
                    .add("client_id", settings.clientId)
                    .add("client_secret", settings.clientSecret)
                    .build(),
            )
            .build()
        return json.readValue<TokenAnswer>(execute(request)).access_token
    }

    fun bank(id: Long): Bank {
        val request = Request.Builder()
            .url(settings.baseUrl.toHttpUrl().newBuilder().addPathSegments("api/v2/banks/$id").build())
            .header("Authorization", "Bearer ${token()}")
            .build()
        return json.readValue(execute(request))
    }

    private fun execute(request: Request): String =
        http.newCall(request).execute().use { response ->
            if (!response.isSuccessful) {
                throw IOException("finapi answered ${response.code} for ${request.url.encodedPath}")
            }
            response.body?.string() ?: throw IOException("finapi answered without a body")
        }

    @Suppress("PropertyName")
    private data class TokenAnswer(val access_token: String)
}
