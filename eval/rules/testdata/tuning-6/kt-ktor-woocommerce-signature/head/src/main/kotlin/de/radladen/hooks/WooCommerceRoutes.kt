package de.radladen.hooks

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.application.log
import io.ktor.server.application.application
import io.ktor.server.request.header
import io.ktor.server.request.receive
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import kotlinx.serialization.SerializationException
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import java.security.MessageDigest
import java.util.Base64
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

private val json = Json { ignoreUnknownKeys = true }

@Serializable
data class WooOrder(val id: Long, val status: String, val date_modified_gmt: String)

fun Route.wooCommerceRoutes(secret: String, orders: OrderStore) {
    val key = SecretKeySpec(secret.toByteArray(), "HmacSHA256")

    fun genuine(body: ByteArray, header: String?): Boolean {
        val expected = Mac.getInstance("HmacSHA256").apply { init(key) }.doFinal(body)
        val given = runCatching { Base64.getDecoder().decode(header.orEmpty()) }.getOrElse { return false }
        return MessageDigest.isEqual(expected, given)
    }

    post("/hooks/woocommerce/orders") {
        val body = call.receive<ByteArray>()
        if (!genuine(body, call.request.header("X-WC-Webhook-Signature"))) {
            application.log.warn("woocommerce signature rejected")
            return@post call.respond(HttpStatusCode.Unauthorized)
        }

        val order = try {
            json.decodeFromString<WooOrder>(body.decodeToString())
        } catch (e: SerializationException) {
            application.log.info("woocommerce order not understood")
            return@post call.respond(HttpStatusCode.UnprocessableEntity)
        }
        orders.upsertIfNewer(order.id, order.status, order.date_modified_gmt)
        call.respond(HttpStatusCode.NoContent)
    }
}
