package io.callwise.zoom

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.request.header
import io.ktor.server.request.receiveText
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import java.security.MessageDigest
import java.time.Clock
import java.util.HexFormat
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import kotlin.math.abs

private const val MAX_AGE_SECONDS = 300

class MeetingEventIntake(secret: String, private val inbox: EventInbox, private val clock: Clock) {

    private val key = SecretKeySpec(secret.toByteArray(), "HmacSHA256")

    fun register(route: Route) = route.post("/hooks/zoom-meetings") {
        val body = call.receiveText()
        val timestamp = call.request.header("x-zm-request-timestamp").orEmpty()
        if (!isFresh(timestamp) || !isSigned(call.request.header("x-zm-signature").orEmpty(), timestamp, body)) {
            return@post call.respond(HttpStatusCode.Unauthorized)
        }
        urlValidationToken(body)?.let { plain ->
            return@post call.respond(mapOf("plainToken" to plain, "encryptedToken" to hmac(plain)))
        }
        val digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.toByteArray()))
        inbox.insertIfAbsent(source = "zoom", key = digest, payload = body)
        call.respond(HttpStatusCode.NoContent)
    }

    private fun isFresh(timestamp: String): Boolean {
        val sent = timestamp.toLongOrNull() ?: return false
        return abs(clock.instant().epochSecond - sent) <= MAX_AGE_SECONDS
    }

    private fun isSigned(signature: String, timestamp: String, body: String): Boolean {
        val own = "v0=" + hmac("v0:$timestamp:$body")
        return MessageDigest.isEqual(own.toByteArray(), signature.toByteArray())
    }

    private fun hmac(text: String): String {
        val mac = Mac.getInstance("HmacSHA256").apply { init(key) }
        return HexFormat.of().formatHex(mac.doFinal(text.toByteArray()))
    }
}
