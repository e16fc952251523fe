package com.acme.tax

import com.fasterxml.jackson.databind.ObjectMapper
import java.io.IOException
import okhttp3.HttpUrl
import okhttp3.OkHttpClient
import okhttp3.Request

class IbanChecker(
    private val baseUrl: HttpUrl,
    private val apiKey: String,
    private val mapper: ObjectMapper,
    private val client: OkHttpClient = OkHttpClient(),
) {
    data class Bank(val bic: String, val name: String)

    /** Returns the bank of the account, or null when the IBAN does not exist. */
    fun bankOf(iban: String): Bank? {
        val url = baseUrl.newBuilder()
            .addPathSegments("v1/ibans")
            .addPathSegment(iban.filterNot(Char::isWhitespace))
            .build()
        val request = Request.Builder()
            .url(url)
            .header("X-Api-Key", apiKey)
            .build()

        client.newCall(request).execute().use { response ->
            if (response.code == 404) return null
            if (!response.isSuccessful) throw IOException("IBAN service answered ${response.code}")
            val node = mapper.readTree(response.peekBody(MAX_BYTES).byteStream())
            val bic = node.path("bank").path("bic").asText()
            if (bic.isBlank()) throw IOException("IBAN service answered without a BIC")
            return Bank(bic, node.path("bank").path("name").asText())
        }
    }

    private companion object {
        const val MAX_BYTES = 64L * 1024
    }
}
