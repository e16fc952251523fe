package io.northpantry.parcel

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpRequestRetry
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.auth.Auth
import io.ktor.client.plugins.auth.providers.BearerTokens
import io.ktor.client.plugins.auth.providers.bearer
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.http.HttpMethod
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.json.Json

fun parcelHttp(config: ParcelConfig): HttpClient = HttpClient(CIO) {
    expectSuccess = true
    defaultRequest { url(config.baseUrl) }
    install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
    install(HttpTimeout) {
        connectTimeoutMillis = 2_000
        requestTimeoutMillis = 6_000
    }
    install(HttpRequestRetry) {
        maxRetries = 3
        retryIf { request, response ->
            request.method == HttpMethod.Get && (response.status.value == 429 || response.status.value >= 500)
        }
        retryOnExceptionIf { request, cause -> request.method == HttpMethod.Get && cause is java.io.IOException }
        exponentialDelay(base = 2.0, maxDelayMs = 4_000, randomizationMs = 500)
    }
    install(Auth) {
        bearer {
            sendWithoutRequest { true }
            loadTokens { BearerTokens(config.apiToken, "") }
        }
    }
}
