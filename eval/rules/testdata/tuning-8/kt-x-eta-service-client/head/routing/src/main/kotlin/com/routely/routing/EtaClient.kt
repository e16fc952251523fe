package com.routely.routing

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.java.Java
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.ResponseException
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.request.get
import io.ktor.client.request.parameter
import io.ktor.http.HttpStatusCode
import io.ktor.http.URLBuilder
import io.ktor.http.appendPathSegments
import io.ktor.http.takeFrom
import io.ktor.serialization.kotlinx.json.json
import kotlin.time.Duration.Companion.seconds

class EtaClient(baseUrl: String, token: String) {

    private val client = HttpClient(Java) {
        expectSuccess = true
        install(HttpTimeout) {
            connectTimeoutMillis = 2.seconds.inWholeMilliseconds
            requestTimeoutMillis = 8.seconds.inWholeMilliseconds
        }
        install(ContentNegotiation) { json() }
        defaultRequest {
            url(baseUrl)
            headers.append("Authorization", "Bearer $token")
        }
    }

    /** Null when the planning service does not know the tour. */
    suspend fun eta(tour: String, stop: Int): Eta? =
        try {
            client.get {
                url { appendPathSegments("tours", tour, "eta") }
                parameter("stop", stop)
            }.body<Eta>()
        } catch (e: ResponseException) {
            if (e.response.status == HttpStatusCode.NotFound) null else throw e
        }
}
