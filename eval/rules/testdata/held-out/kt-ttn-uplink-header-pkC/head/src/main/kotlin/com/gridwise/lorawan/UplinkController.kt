package com.gridwise.lorawan

import jakarta.validation.Valid
import org.slf4j.LoggerFactory
import org.springframework.http.HttpStatus
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RequestHeader
import org.springframework.web.bind.annotation.RestController
import java.security.MessageDigest

@RestController
class UplinkController(settings: LorawanSettings, private val uplinks: UplinkRepository) {

    private val log = LoggerFactory.getLogger(javaClass)
    private val webhookToken = settings.webhookToken.toByteArray()

    /** X-Gridwise-Token is an additional header of the webhook in the console, there is no signature. */
    @PostMapping("/lorawan/uplinks")
    fun uplink(
        @RequestHeader("X-Gridwise-Token", defaultValue = "") token: String,
        @Valid @RequestBody uplink: UplinkMessage,
    ): ResponseEntity<Void> {
        if (!MessageDigest.isEqual(token.toByteArray(), webhookToken)) {
            log.warn("uplink with a wrong token")
            return ResponseEntity.status(HttpStatus.FORBIDDEN).build()
        }
        val known = !uplinks.insertIfAbsent(
            devEui = uplink.endDeviceIds.devEui,
            frameCounter = uplink.uplinkMessage.fCnt,
            sessionKeyId = uplink.uplinkMessage.sessionKeyId,
            payload = uplink.uplinkMessage.decodedPayload,
            receivedAt = uplink.receivedAt,
        )
        if (known) {
            log.debug("frame {} of {} again", uplink.uplinkMessage.fCnt, uplink.endDeviceIds.devEui)
        }
        return ResponseEntity.accepted().build()
    }
}
