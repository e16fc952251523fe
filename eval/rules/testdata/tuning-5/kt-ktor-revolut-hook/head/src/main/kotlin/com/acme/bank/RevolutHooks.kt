package com.acme.bank

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.application.log
import io.ktor.server.request.header
import io.ktor.server.request.receive
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.application
import io.ktor.server.routing.post
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.encodeToString
import kotlinx.serialization.json.Json
import java.security.MessageDigest
import java.time.Duration
import java.time.Instant
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

@Serializable
data class RevolutEvent(
    val event: String,
    @SerialName("order_id") val orderId: String,
    @SerialName("merchant_order_ext_ref") val reference: String? = null,
)

private val json = Json { encodeDefaults = false }

private fun hmac(secret: String, text: String): ByteArray =
    Mac.getInstance("HmacSHA256").run {
        init(SecretKeySpec(secret.toByteArray(), "HmacSHA256"))
        doFinal(text.toByteArray())
    }

fun Route.revolutHooks(secret: String, inbox: EventInbox) {
    post("/hooks/revolut") {
        val event = call.receive<RevolutEvent>()
        val timestamp = call.request.header("Revolut-Request-Timestamp")?.toLongOrNull()
        val given = call.request.header("Revolut-Signature")?.removePrefix("v1=").orEmpty()

        val fresh = timestamp != null &&
            Duration.between(Instant.ofEpochMilli(timestamp), Instant.now()).abs() < Duration.ofMinutes(5)
        val expected = hmac(secret, "v1.$timestamp.${json.encodeToString(event)}").toHexString()
        if (!fresh || !MessageDigest.isEqual(expected.toByteArray(), given.toByteArray())) {
            call.respond(HttpStatusCode.Unauthorized)
            return@post
        }

        val added = inbox.addIfAbsent("revolut:${event.orderId}:${event.event}", event)
        application.log.info("revolut {} for order {} {}", event.event, event.orderId, if (added) "stored" else "known")
        call.respond(HttpStatusCode.NoContent)
    }
}
