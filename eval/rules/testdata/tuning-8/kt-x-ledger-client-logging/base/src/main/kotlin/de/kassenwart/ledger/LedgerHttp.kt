package de.kassenwart.ledger

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.plugins.logging.LogLevel
import io.ktor.client.plugins.logging.Logging
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.header
import io.ktor.http.HttpHeaders
import io.ktor.serialization.kotlinx.json.json

class LedgerHttp(private val config: LedgerConfig) {

    val client: HttpClient = HttpClient(CIO) {
        expectSuccess = true

        install(ContentNegotiation) { json() }

        install(HttpTimeout) {
            connectTimeoutMillis = 2_500
            socketTimeoutMillis = 10_000
            requestTimeoutMillis = 12_000
        }

        install(Logging) {
            level = LogLevel.INFO
        }

        defaultRequest {
            url(config.baseUrl)
            bearerAuth(config.token)
            header("X-Ledger-Key", config.ledgerKey)
        }
    }
}
