package io.telora.http

import io.ktor.client.HttpClient
import io.ktor.client.engine.java.Java
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.json.Json

object OutboundHttp {
    fun create(requestMillis: Long = 10_000): HttpClient = HttpClient(Java) {
        install(HttpTimeout) {
            connectTimeoutMillis = 3_000
            requestTimeoutMillis = requestMillis
        }
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
    }
}
