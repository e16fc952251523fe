package com.acme.notify

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.ApplicationCall
import io.ktor.server.application.call
import io.ktor.server.request.header
import io.ktor.server.request.receive
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import java.security.MessageDigest
import java.time.Clock
import java.time.Duration
import java.time.Instant
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

class SlackVerifier(signingSecret: String, private val clock: Clock) {
    private val key = SecretKeySpec(signingSecret.toByteArray(), "HmacSHA256")

    fun verify(timestamp: String?, signature: String?, body: ByteArray): Boolean {
        val seconds = timestamp?.toLongOrNull() ?: return false
        val age = Duration.between(Instant.ofEpochSecond(seconds), clock.instant()).abs()
        if (signature == null || age > TOLERANCE) return false

        val mac = Mac.getInstance("HmacSHA256").apply { init(key) }
        val digest = mac.doFinal("v0:$seconds:${body.decodeToString()}".toByteArray())
        return MessageDigest.isEqual("v0=${digest.toHex()}".toByteArray(), signature.toByteArray())
    }

    private fun ByteArray.toHex() = joinToString("") { "%02x".format(it) }

    private companion object {
        val TOLERANCE: Duration = Duration.ofMinutes(5)
    }
}

fun Route.slackEvents(verifier: SlackVerifier, inbox: SlackInbox) {
    post("/slack/events") {
        val body = call.receive<ByteArray>()
        if (!verifier.verify(call.header("X-Slack-Request-Timestamp"), call.header("X-Slack-Signature"), body)) {
            call.respond(HttpStatusCode.Unauthorized)
            return@post
        }
        // stores by event_id with "on conflict do nothing", a worker does the rest
        when (val outcome = inbox.store(body)) {
            is SlackInbox.Challenge -> call.respond(outcome.value)
            SlackInbox.Stored -> call.respond(HttpStatusCode.OK)
            SlackInbox.Malformed -> call.respond(HttpStatusCode.BadRequest)
        }
    }
}

private fun ApplicationCall.header(name: String): String? = request.header(name)
