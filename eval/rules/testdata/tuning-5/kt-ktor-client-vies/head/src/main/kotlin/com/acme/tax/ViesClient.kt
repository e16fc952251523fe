package com.acme.tax

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpRequestRetry
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.ResponseException
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.request.get
import io.ktor.serialization.JsonConvertException
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import org.slf4j.LoggerFactory
import java.io.IOException

sealed interface VatCheck {
    data class Known(val valid: Boolean, val name: String?) : VatCheck
    data object Unavailable : VatCheck
}

@Serializable
private data class ViesAnswer(val isValid: Boolean, val userError: String, val name: String? = null)

class ViesClient(private val baseUrl: String = "https://ec.europa.eu/taxation_customs/vies/rest-api") {
    private val log = LoggerFactory.getLogger(javaClass)

    private val http = HttpClient(CIO) {
        expectSuccess = true
        install(HttpTimeout) {
            connectTimeoutMillis = 2_000
            requestTimeoutMillis = 8_000
        }
        install(HttpRequestRetry) {
            retryOnServerErrors(maxRetries = 2)
            exponentialDelay()
        }
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
    }

    suspend fun check(country: String, number: String): VatCheck {
        require(COUNTRY.matches(country)) { "country must be two capital letters" }
        require(NUMBER.matches(number)) { "not a VAT number" }
        val answer = try {
            http.get("$baseUrl/ms/$country/vat/$number").body<ViesAnswer>()
        } catch (e: IOException) {
            return unavailable(country, e)
        } catch (e: ResponseException) {
            return unavailable(country, e)
        } catch (e: JsonConvertException) {
            return unavailable(country, e)
        }
        return when (answer.userError) {
            "VALID", "INVALID" -> VatCheck.Known(answer.isValid, answer.name?.takeUnless { it == "---" })
            else -> VatCheck.Unavailable.also { log.warn("vies {} answered {}", country, answer.userError) }
        }
    }

    private fun unavailable(country: String, e: Exception): VatCheck {
        log.warn("vies {} is unavailable: {}", country, e.toString())
        return VatCheck.Unavailable
    }

    private companion object {
        val COUNTRY = Regex("[A-Z]{2}")
        val NUMBER = Regex("[0-9A-Z+*]{2,12}")
    }
}
