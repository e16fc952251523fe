package app.licenser.billing

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.request.header
import io.ktor.server.request.receive
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import org.slf4j.LoggerFactory
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

private val log = LoggerFactory.getLogger("LemonSqueezy")
private val json = Json { ignoreUnknownKeys = true }

@OptIn(ExperimentalStdlibApi::class)
fun Route.lemonSqueezyEvents(secret: String, licences: LicenceService) {
    require(secret.isNotBlank()) { "Lemon Squeezy secret is empty" }
    val key = SecretKeySpec(secret.toByteArray(), "HmacSHA256")

    post("/webhooks/lemonsqueezy") {
        val body = call.receive<ByteArray>()
        val expected = Mac.getInstance("HmacSHA256").apply { init(key) }.doFinal(body).toHexString()
        val valid = call.request.header("X-Signature") == expected
        if (!valid) {
            log.warn("event with a wrong signature refused")
            call.respond(HttpStatusCode.Unauthorized)
            return@post
        }

        val event = try {
            json.decodeFromString<SubscriptionEvent>(body.decodeToString())
        } catch (e: SerializationException) {
            log.warn("event is not readable: {}", e.message)
            call.respond(HttpStatusCode.BadRequest)
            return@post
        }

        // sets the state of one subscription, guarded by its updated_at
        licences.apply(event.data.id, event.data.attributes.status, event.data.attributes.updatedAt)
        call.respond(HttpStatusCode.NoContent)
    }
}
