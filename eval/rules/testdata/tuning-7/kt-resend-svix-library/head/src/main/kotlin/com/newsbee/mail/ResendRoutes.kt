package com.newsbee.mail

import com.svix.Webhook
import com.svix.exceptions.WebhookVerificationException
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.request.receiveText
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import org.slf4j.LoggerFactory
import java.net.http.HttpHeaders

private val log = LoggerFactory.getLogger("com.newsbee.mail.ResendRoutes")
private val lenient = Json { ignoreUnknownKeys = true }

fun Route.resendEvents(webhook: Webhook, inbox: MailEventInbox) {
    post("/hooks/resend") {
        val body = call.receiveText()
        val headers = HttpHeaders.of(
            call.request.headers.entries().associate { (name, values) -> name to values },
        ) { _, _ -> true }

        try {
            webhook.verify(body, headers)
        } catch (e: WebhookVerificationException) {
            log.warn("resend event refused: {}", e.message)
            return@post call.respond(HttpStatusCode.Unauthorized)
        }

        val event = try {
            lenient.decodeFromString<ResendEvent>(body)
        } catch (e: SerializationException) {
            log.warn("resend event is not readable: {}", e.message)
            return@post call.respond(HttpStatusCode.BadRequest)
        }

        // insert ... on conflict (message_id) do nothing
        inbox.put(messageId = headers.firstValue("svix-id").orElseThrow(), event = event)
        call.respond(HttpStatusCode.Accepted)
    }
}
