package com.deskly.slack

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.request.receive
import io.ktor.server.response.respond
import io.ktor.server.response.respondText
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import kotlinx.serialization.json.Json

fun Route.slackEvents(signature: SlackSignature, inbox: SlackInbox, json: Json) {
    post("/slack/events") {
        val body = call.receive<ByteArray>()
        val headers = call.request.headers
        if (!signature.accepts(headers["X-Slack-Request-Timestamp"], headers["X-Slack-Signature"], body)) {
            return@post call.respond(HttpStatusCode.Unauthorized)
        }
        when (val envelope = json.decodeFromString<SlackEnvelope>(body.decodeToString())) {
            is SlackEnvelope.UrlVerification -> call.respondText(envelope.challenge)
            is SlackEnvelope.EventCallback -> {
                inbox.addUnlessKnown(envelope.eventId, envelope.event)
                call.respond(HttpStatusCode.OK)
            }
        }
    }
}
