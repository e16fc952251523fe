package desk

import io.ktor.http.HttpStatusCode
import io.ktor.http.parseUrlEncodedParameters
import io.ktor.server.application.call
import io.ktor.server.request.header
import io.ktor.server.request.receiveChannel
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import io.ktor.utils.io.readRemaining
import kotlinx.io.readByteArray
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

private const val MAX_BODY = 128 * 1024L

fun Route.slackRoutes(signature: SlackSignature, shortcuts: ShortcutInbox) {
    post("/slack/shortcuts") {
        val raw = call.receiveChannel().readRemaining(MAX_BODY + 1).readByteArray()
        if (raw.size > MAX_BODY) return@post call.respond(HttpStatusCode.PayloadTooLarge)

        val genuine = signature.matches(
            timestamp = call.request.header("X-Slack-Request-Timestamp"),
            header = call.request.header("X-Slack-Signature"),
            body = raw,
        )
        if (!genuine) return@post call.respond(HttpStatusCode.Unauthorized)

        val payload = raw.decodeToString().parseUrlEncodedParameters()["payload"].orEmpty()
        val trigger = try {
            val fields = Json.parseToJsonElement(payload).jsonObject
            if (fields["callback_id"]?.jsonPrimitive?.content != "open_ticket") return@post call.respond(HttpStatusCode.OK)
            fields.getValue("trigger_id").jsonPrimitive.content
        } catch (e: SerializationException) {
            return@post call.respond(HttpStatusCode.BadRequest)
        } catch (e: IllegalArgumentException) {
            return@post call.respond(HttpStatusCode.BadRequest)
        } catch (e: NoSuchElementException) {
            return@post call.respond(HttpStatusCode.BadRequest)
        }

        // primary key on the trigger id; StatusPages turns a failing insert into a 500
        shortcuts.storeOnce(trigger, payload)
        call.respond(HttpStatusCode.OK)
    }
}
