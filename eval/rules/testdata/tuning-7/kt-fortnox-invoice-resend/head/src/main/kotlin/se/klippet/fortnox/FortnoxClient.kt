package se.klippet.fortnox

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.plugins.HttpRequestRetry
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.http.isSuccess
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.json.Json

class FortnoxClient(engine: HttpClientEngine, private val tokens: FortnoxTokens) {

    private val http = HttpClient(engine) {
        expectSuccess = true
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
        install(HttpTimeout) {
            requestTimeoutMillis = 12_000
            connectTimeoutMillis = 3_000
        }
        install(HttpRequestRetry) {
            maxRetries = 10
            retryIf { _, response -> !response.status.isSuccess() }
            retryOnException(retryOnTimeout = true)
            delayMillis { 0L }
        }
        defaultRequest { url("https://api.fortnox.se/3/") }
    }

    suspend fun createInvoice(invoice: NewInvoice): DocumentNumber {
        val created: InvoiceEnvelope = http.post("invoices") {
            bearerAuth(tokens.current())
            contentType(ContentType.Application.Json)
            setBody(NewInvoiceEnvelope(invoice))
        }.body()
        return DocumentNumber(created.invoice.documentNumber)
    }
}
