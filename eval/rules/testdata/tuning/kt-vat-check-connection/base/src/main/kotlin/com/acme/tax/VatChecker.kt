package com.acme.tax

import com.fasterxml.jackson.databind.ObjectMapper
import java.io.IOException
import java.net.HttpURLConnection
import java.net.URI
import java.net.URLEncoder

class VatChecker(
    private val baseUrl: String,
    private val mapper: ObjectMapper,
) {
    sealed interface Result {
        data class Valid(val name: String) : Result
        data object Invalid : Result
    }

    /** Called while an order is confirmed. */
    fun check(country: String, number: String): Result {
        val path = "/ms/${enc(country)}/vat/${enc(number)}"
        val node = mapper.readTree(fetch(path))
        return if (node.path("isValid").asBoolean(false)) {
            Result.Valid(node.path("name").asText())
        } else {
            Result.Invalid
        }
    }

    private fun fetch(path: String): ByteArray {
        val connection = URI.create(baseUrl + path).toURL().openConnection() as HttpURLConnection
        connection.connectTimeout = 2_000
        connection.readTimeout = 6_000
        connection.setRequestProperty("Accept", "application/json")

        try {
            val status = connection.responseCode
            if (status != HttpURLConnection.HTTP_OK) {
                throw IOException("VAT service answered $status")
            }
            return connection.inputStream.use { it.readNBytes(MAX_BYTES) }
        } finally {
            connection.disconnect()
        }
    }

    private fun enc(value: String) = URLEncoder.encode(value, Charsets.UTF_8)

    private companion object {
        const val MAX_BYTES = 256 * 1024
    }
}
