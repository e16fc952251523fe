package io.northpantry.pay

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.request.header
import io.ktor.server.request.receive
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import java.security.MessageDigest
import java.util.HexFormat
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import kotlinx.serialization.Serializable
import kotlinx.serialization.encodeToString
import kotlinx.serialization.json.Json
import org.slf4j.LoggerFactory

@Serializable
data class PaymentNotification(
    val notificationId: String,
    val paymentId: String,
    val state: String,
    val amount: Double,
    val currency: String,
)

private val log = LoggerFactory.getLogger("io.northpantry.pay.notifications")

fun Route.paymentNotifications(secret: ByteArray, inbox: NotificationInbox) {
    post("/notifications/payments") {
        val notification = call.receive<PaymentNotification>()
        val given = call.request.header("X-Signature").orEmpty()
        if (!isGenuine(notification, given, secret)) {
            log.warn("notification {} refused", notification.notificationId)
            call.respond(HttpStatusCode.Unauthorized)
            return@post
        }
        inbox.add(notification)
        call.respond(HttpStatusCode.Accepted)
    }
}

private fun isGenuine(notification: PaymentNotification, given: String, secret: ByteArray): Boolean {
    val mac = Mac.getInstance("HmacSHA256").apply { init(SecretKeySpec(secret, "HmacSHA256")) }
    val expected = HexFormat.of().formatHex(mac.doFinal(Json.encodeToString(notification).toByteArray()))
    return MessageDigest.isEqual(expected.toByteArray(), given.lowercase().toByteArray())
}
