package com.acme.shipping

import jakarta.validation.Valid
import jakarta.validation.constraints.NotBlank
import jakarta.validation.constraints.PastOrPresent
import java.time.Instant
import org.springframework.http.HttpStatus
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.ResponseStatus
import org.springframework.web.bind.annotation.RestController

data class TrackingUpdate(
    @field:NotBlank val carrier: String,
    @field:NotBlank val tracking: String,
    val status: ShipmentStatus,
    @field:PastOrPresent val at: Instant,
)

/** Reached through the mTLS ingress of the carrier network only. */
@RestController
class CarrierCallbackController(private val shipments: ShipmentRepository) {

    @PostMapping("/carriers/tracking")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    fun update(@Valid @RequestBody body: TrackingUpdate) {
        shipments.findByTracking(body.carrier, body.tracking)
            .forEach { shipments.advance(it.id, body.status, body.at) }
    }
}
