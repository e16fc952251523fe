package com.meetly.identity

import org.springframework.http.HttpHeaders
import org.springframework.http.HttpStatus
import org.springframework.web.bind.annotation.ExceptionHandler
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RequestHeader
import org.springframework.web.bind.annotation.ResponseStatus
import org.springframework.web.bind.annotation.RestController

@RestController
class ClerkWebhookController(
    private val verifier: ClerkWebhookVerifier,
    private val refresh: UserRefreshQueue,
) {
    @PostMapping("/webhooks/clerk")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    fun receive(@RequestHeader headers: HttpHeaders, @RequestBody body: String) {
        verifier.verify(WebhookHeaders(headers::getFirst), body)
        val event = ClerkEvent.parse(body)
        // the worker loads the user from Clerk, the event only says which one
        refresh.enqueue(event.userId)
    }

    @ExceptionHandler(WebhookRefused::class)
    @ResponseStatus(HttpStatus.UNAUTHORIZED)
    fun refused() = Unit
}
