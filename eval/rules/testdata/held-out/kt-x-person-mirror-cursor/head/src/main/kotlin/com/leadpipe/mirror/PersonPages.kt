package com.leadpipe.mirror

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpRequestRetry
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.request.get
import io.ktor.client.request.header
import io.ktor.client.request.parameter
import io.ktor.http.HttpStatusCode
import io.ktor.serialization.kotlinx.json.json
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.Json

class PersonPages(private val company: String, private val apiToken: String) {

    private val client = HttpClient(CIO) {
        expectSuccess = true
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
        install(HttpTimeout) { requestTimeoutMillis = 30_000 }
        install(HttpRequestRetry) {
            maxRetries = 4
            retryIf { _, response -> response.status == HttpStatusCode.TooManyRequests || response.status.value >= 500 }
            exponentialDelay(respectRetryAfterHeader = true)
        }
    }

    fun all(): Flow<Person> = flow {
        var cursor: String? = null
        do {
            val page: PersonPage = client.get("https://$company.pipedrive.com/api/v2/persons") {
                header("x-api-token", apiToken)
                parameter("limit", 500)
                cursor?.let { parameter("cursor", it) }
            }.body()
            page.data.forEach { emit(it) }
            cursor = page.additionalData?.nextCursor
        } while (cursor != null)
    }
}
