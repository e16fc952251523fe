package io.callwise.zoom

import org.springframework.http.HttpStatus
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RequestHeader
import org.springframework.web.bind.annotation.RestController

@RestController
class ZoomEventController(private val verifier: ZoomEventVerifier, private val parser: ZoomEventParser, private val inbox: CallInbox) {

    @PostMapping("/hooks/zoom-phone")
    fun receive(
        @RequestHeader("x-zm-signature", required = false) signature: String?,
        @RequestHeader("x-zm-request-timestamp", required = false) timestamp: String?,
        @RequestBody body: String,
    ): ResponseEntity<Any> {
        if (!verifier.verify(signature, timestamp, body)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build()
        }
        return when (val event = parser.parse(body)) {
            is UrlValidation -> ResponseEntity.ok(
                mapOf("plainToken" to event.plainToken, "encryptedToken" to verifier.challenge(event.plainToken)),
            )
            is PhoneEvent -> {
                inbox.add(event)
                ResponseEntity.noContent().build()
            }
        }
    }
}
