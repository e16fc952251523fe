package io.fieldnote.airtable

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.plugins.HttpRequestRetry
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.get
import io.ktor.http.HttpStatusCode
import io.ktor.serialization.kotlinx.json.json
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.serialization.json.Json

class AirtableRecords(engine: HttpClientEngine, baseId: String, token: String) {

    private val slots = Semaphore(4)

    private val http = HttpClient(engine) {
        expectSuccess = true
        install(HttpTimeout) { requestTimeoutMillis = 15_000 }
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
        install(HttpRequestRetry) {
            maxRetries = 3
            retryIf { _, response -> response.status == HttpStatusCode.TooManyRequests }
            exponentialDelay(baseDelayMs = 1_000, maxDelayMs = 30_000, respectRetryAfterHeader = true)
        }
        defaultRequest {
            url("https://api.airtable.com/v0/$baseId/")
            bearerAuth(token)
        }
    }

    suspend fun load(tableId: String, ids: Collection<String>): List<AirtableRecord> = coroutineScope {
        ids.distinct().map { id ->
            async {
                slots.withPermit {
                    val record: AirtableRecord = http.get("$tableId/$id").body()
                    // four slots with a second each stay below five requests a second
                    delay(1_000)
                    record
                }
            }
        }.awaitAll()
    }
}
