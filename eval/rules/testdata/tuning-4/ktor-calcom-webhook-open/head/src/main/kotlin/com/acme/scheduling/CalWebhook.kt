package com.acme.scheduling

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.application.install
import io.ktor.server.application.log
import io.ktor.server.plugins.bodylimit.RequestBodyLimit
import io.ktor.server.request.receiveText
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.application
import io.ktor.server.routing.post
import java.time.OffsetDateTime
import java.time.format.DateTimeParseException
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json

@Serializable
data class CalBooking(
    val triggerEvent: String,
    val createdAt: String,
    val payload: Payload,
) {
    @Serializable
    data class Payload(
        val uid: String,
        @SerialName("startTime") val start: String,
        @SerialName("endTime") val end: String,
    )
}

private val json = Json { ignoreUnknownKeys = true }

fun Route.calWebhook(appointments: AppointmentRepository) {
    install(RequestBodyLimit) { bodyLimit { 128 * 1024 } }

    post("/webhooks/cal") {
        val body = call.receiveText()
        val event = try {
            json.decodeFromString<CalBooking>(body)
        } catch (e: SerializationException) {
            application.log.warn("cal webhook not understood: {}", e.message)
            return@post call.respond(HttpStatusCode.UnprocessableEntity)
        }

        val (start, end, changedAt) = try {
            listOf(event.payload.start, event.payload.end, event.createdAt).map(OffsetDateTime::parse)
        } catch (e: DateTimeParseException) {
            application.log.warn("cal webhook with a malformed time: {}", e.parsedString)
            return@post call.respond(HttpStatusCode.UnprocessableEntity)
        }
        // both writes are upserts on the uid and ignore events older than the stored one
        when (event.triggerEvent) {
            "BOOKING_CREATED", "BOOKING_RESCHEDULED" ->
                appointments.upsert(event.payload.uid, start, end, changedAt)
            "BOOKING_CANCELLED" -> appointments.cancel(event.payload.uid, changedAt)
        }
        call.respond(HttpStatusCode.NoContent)
    }
}
