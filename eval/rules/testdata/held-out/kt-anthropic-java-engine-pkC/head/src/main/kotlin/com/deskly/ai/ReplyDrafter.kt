package com.deskly.ai

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.java.Java
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.serialization.kotlinx.json.json
import kotlinx.serialization.json.Json

class ReplyDrafter(apiKey: String, private val model: String = "claude-sonnet-4-5") {

    private val http = HttpClient(Java) {
        expectSuccess = true
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
        defaultRequest {
            url("https://api.anthropic.com/")
            headers.append("x-api-key", apiKey)
            headers.append("anthropic-version", "2023-06-01")
            contentType(ContentType.Application.Json)
        }
    }

    suspend fun draft(conversation: List<Turn>): String {
        require(conversation.isNotEmpty()) { "conversation is empty" }
        val answer: MessagesAnswer = http.post("v1/messages") {
            setBody(
                MessagesRequest(
                    model = model,
                    maxTokens = 800,
                    system = DRAFT_RULES,
                    messages = conversation.map { MessageDto(it.role, it.text) },
                ),
            )
        }.body()
        return answer.content.filter { it.type == "text" }.joinToString("") { it.text.orEmpty() }
            .ifBlank { throw DraftFailed("no text, stop reason ${answer.stopReason}") }
    }

    private companion object {
        const val DRAFT_RULES = "Draft a short and polite reply. Never promise refunds."
    }
}
