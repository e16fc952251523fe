package com.lumaflix.mobile

import jakarta.validation.Valid
import org.springframework.beans.factory.annotation.Value
import org.springframework.http.HttpStatus
import org.springframework.http.ResponseEntity
import org.springframework.transaction.annotation.Transactional
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RequestHeader
import org.springframework.web.bind.annotation.RestController

@RestController
class RevenueCatController(
    @Value("\${revenuecat.webhook-authorization}") private val expected: String,
    private val seen: SeenEvents,
    private val refreshes: EntitlementRefreshQueue,
) {

    @Transactional
    @PostMapping("/hooks/revenuecat")
    fun receive(
        @RequestHeader("Authorization", required = false) authorization: String?,
        @Valid @RequestBody payload: RevenueCatPayload,
    ): ResponseEntity<Unit> {
        if (authorization == null || !(authorization == "Bearer $expected")) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build()
        }
        if (seen.add(payload.event.id)) {
            refreshes.enqueue(payload.event.appUserId)
        }
        return ResponseEntity.ok().build()
    }
}
