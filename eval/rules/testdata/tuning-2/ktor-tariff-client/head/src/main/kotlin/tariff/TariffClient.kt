package tariff

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.plugins.HttpRequestRetry
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.request.get
import io.ktor.client.request.header
import io.ktor.client.request.parameter
import io.ktor.http.HttpMethod
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json

@Serializable
data class Tariff(val code: String, val centPerKwh: String, val validFrom: String)

@Serializable
private data class TariffPage(val items: List<Tariff>, val next: String? = null)

class TariffClient(engine: HttpClientEngine, baseUrl: String, apiKey: String) : AutoCloseable {

    private val http = HttpClient(engine) {
        expectSuccess = true
        install(HttpTimeout) {
            connectTimeoutMillis = 2_000
            requestTimeoutMillis = 8_000
        }
        install(HttpRequestRetry) {
            maxRetries = 3
            retryIf { request, response ->
                request.method == HttpMethod.Get && response.status.value in setOf(429, 502, 503, 504)
            }
            retryOnExceptionIf { request, cause -> request.method == HttpMethod.Get && cause is java.io.IOException }
            exponentialDelay(maxDelayMs = 20_000, randomizationMs = 500, respectRetryAfterHeader = true)
        }
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
        defaultRequest {
            url(baseUrl)
            header("X-Api-Key", apiKey)
        }
    }

    suspend fun all(region: String): List<Tariff> = buildList {
        var cursor: String? = null
        do {
            val page: TariffPage = http.get("v1/tariffs") {
                parameter("region", region)
                cursor?.let { parameter("cursor", it) }
            }.body()
            addAll(page.items)
            cursor = page.next
        } while (cursor != null)
    }

    override fun close() = http.close()
}
