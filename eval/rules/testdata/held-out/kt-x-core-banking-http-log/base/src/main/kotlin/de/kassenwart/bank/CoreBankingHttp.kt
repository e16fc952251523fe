package de.kassenwart.bank

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.plugins.logging.LogLevel
import io.ktor.client.plugins.logging.Logger
import io.ktor.client.plugins.logging.Logging
import io.ktor.client.request.header
import io.ktor.serialization.kotlinx.json.json
import org.slf4j.LoggerFactory

internal fun coreBankingHttp(config: CoreBankingConfig): HttpClient {
    val target = LoggerFactory.getLogger("bank.http")
    return HttpClient(CIO) {
        expectSuccess = true
        install(HttpTimeout) {
            connectTimeoutMillis = 3_000
            requestTimeoutMillis = 20_000
        }
        install(ContentNegotiation) { json() }
        defaultRequest {
            url(config.baseUrl)
            header("Authorization", "Bearer ${config.apiToken}")
            header("X-Institute", config.instituteId)
        }
    }
}
