package com.acme.backfill

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.okhttp.OkHttp
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.get
import io.ktor.client.request.parameter
import io.ktor.client.statement.HttpResponse
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpStatusCode
import io.ktor.serialization.kotlinx.json.json
import kotlin.random.Random
import kotlinx.coroutines.delay
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json

@Serializable
data class Deal(val id: String, val properties: Map<String, String?>)

@Serializable
private data class Next(val after: String)

@Serializable
private data class Paging(val next: Next? = null)

@Serializable
private data class Page(val results: List<Deal>, val paging: Paging? = null)

class DealBackfill(private val token: String, private val sink: DealSink) {
    private val http = HttpClient(OkHttp) {
        install(HttpTimeout) { requestTimeoutMillis = 20_000 }
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
    }

    suspend fun run() {
        var cursor: String? = null
        do {
            val page = page(cursor)
            sink.upsert(page.results)
            cursor = page.paging?.next?.after
        } while (cursor != null)
    }

    private suspend fun page(after: String?): Page {
        repeat(MAX_TRIES) { attempt ->
            val response = http.get("https://api.hubapi.com/crm/v3/objects/deals") {
                bearerAuth(token)
                parameter("limit", 100)
                after?.let { parameter("after", it) }
            }
            when (response.status) {
                HttpStatusCode.OK -> return response.body()
                HttpStatusCode.TooManyRequests -> delay(pause(response, attempt))
                else -> error("hubspot answered ${response.status}")
            }
        }
        error("hubspot kept throttling")
    }

    private fun pause(response: HttpResponse, attempt: Int): Long {
        val seconds = response.headers[HttpHeaders.RetryAfter]?.toLongOrNull()
        if (seconds != null) return seconds.coerceIn(1, 120) * 1_000
        val base = 500L shl attempt
        return base + Random.nextLong(base)
    }

    private companion object {
        const val MAX_TRIES = 8
    }
}
