package com.cardbox.stripe

import com.cardbox.giftcards.GiftCardService
import com.stripe.exception.SignatureVerificationException
import com.stripe.model.checkout.Session
import com.stripe.net.Webhook
import org.slf4j.LoggerFactory
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.RequestHeader
import org.springframework.web.bind.annotation.RestController

@RestController
class StripeEventController(
    private val properties: StripeProperties,
    private val giftCards: GiftCardService,
) {
    private val log = LoggerFactory.getLogger(javaClass)

    @PostMapping("/stripe/events")
    fun receive(
        @RequestBody payload: String,
        @RequestHeader("Stripe-Signature") signature: String,
    ): ResponseEntity<String> {
        val event = try {
            Webhook.constructEvent(payload, signature, properties.endpointSecret)
        } catch (e: SignatureVerificationException) {
            log.warn("stripe event refused: {}", e.message)
            return ResponseEntity.badRequest().body("signature")
        }

        if (event.type == "checkout.session.completed") {
            val session = event.dataObjectDeserializer.`object`.orElse(null) as? Session
                ?: return ResponseEntity.unprocessableEntity().body("api version")
            val cardNumber = session.metadata["gift_card"]
            if (cardNumber != null && session.paymentStatus == "paid") {
                giftCards.credit(cardNumber, session.amountTotal, session.currency)
                log.info("event {}: {} loaded on a gift card", event.id, session.amountTotal)
            }
        }
        return ResponseEntity.ok("")
    }
}
