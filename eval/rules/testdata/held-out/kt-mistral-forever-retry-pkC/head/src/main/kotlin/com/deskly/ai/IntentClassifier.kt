package com.deskly.ai

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.client.statement.HttpResponse
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.http.isSuccess
import io.ktor.serialization.kotlinx.json.json
import org.slf4j.LoggerFactory

class IntentClassifier(private val apiKey: String) {

    private val log = LoggerFactory.getLogger(javaClass)
    private val http = HttpClient(CIO) {
        install(HttpTimeout) { requestTimeoutMillis = 20_000 }
        install(ContentNegotiation) { json() }
    }

    suspend fun classify(text: String): Intent {
        while (true) {
            val response: HttpResponse = http.post("https://api.mistral.ai/v1/chat/completions") {
                bearerAuth(apiKey)
                contentType(ContentType.Application.Json)
                setBody(ChatRequest("mistral-small-latest", Prompts.intent(text), temperature = 0.0))
            }
            if (response.status.isSuccess()) {
                val label = response.body<ChatAnswer>().choices.first().message.content.trim()
                return Intent.of(label) ?: Intent.OTHER
            }
            log.warn("mistral answered {}", response.status)
        }
    }
}
