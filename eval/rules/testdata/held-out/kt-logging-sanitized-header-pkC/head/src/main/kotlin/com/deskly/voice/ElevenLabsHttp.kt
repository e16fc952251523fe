package com.deskly.voice

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.plugins.logging.LogLevel
import io.ktor.client.plugins.logging.Logging
import io.ktor.client.request.header
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.json.Json

private const val KEY_HEADER = "xi-api-key"

internal fun elevenLabsHttp(apiKey: String): HttpClient = HttpClient(CIO) {
    expectSuccess = true
    install(HttpTimeout) {
        connectTimeoutMillis = 3_000
        requestTimeoutMillis = 60_000
    }
    install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
    install(Logging) {
        level = LogLevel.HEADERS
        sanitizeHeader { header -> header.equals(KEY_HEADER, ignoreCase = true) }
    }
    defaultRequest {
        url("https://api.elevenlabs.io/v1/")
        header(KEY_HEADER, apiKey)
    }
}
