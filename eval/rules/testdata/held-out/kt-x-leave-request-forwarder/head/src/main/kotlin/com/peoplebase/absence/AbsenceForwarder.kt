package com.peoplebase.absence

import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.post
import io.ktor.client.request.setBody
import io.ktor.http.ContentType
import io.ktor.http.contentType
import io.ktor.serialization.kotlinx.json.json
import org.slf4j.LoggerFactory

class AbsenceForwarder(private val tokens: PersonioTokens, private val outbox: AbsenceOutbox) {

    private val log = LoggerFactory.getLogger(javaClass)

    private val client = HttpClient(CIO) {
        install(ContentNegotiation) { json() }
        install(HttpTimeout) {
            connectTimeoutMillis = 4_000
            requestTimeoutMillis = 15_000
        }
    }

    suspend fun forwardPending() {
        for (absence in outbox.pending(limit = 100)) {
            client.post("https://api.personio.de/v1/company/time-offs") {
                bearerAuth(tokens.current())
                contentType(ContentType.Application.Json)
                setBody(TimeOffBody.of(absence))
            }
            outbox.markSent(absence.id)
            log.info("absence {} forwarded", absence.id)
        }
    }
}
