package com.meetly.identity

import org.springframework.stereotype.Component
import java.security.MessageDigest
import java.util.Base64
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

@Component
class ClerkWebhookVerifier(properties: ClerkProperties) {

    private val key = SecretKeySpec(
        Base64.getDecoder().decode(properties.webhookSecret.removePrefix("whsec_")),
        "HmacSHA256",
    )

    /** @throws WebhookRefused when no signature of the request fits */
    fun verify(headers: WebhookHeaders, body: String) {
        val id = headers["svix-id"] ?: throw WebhookRefused("svix-id is missing")
        val timestamp = headers["svix-timestamp"]?.toLongOrNull()
            ?: throw WebhookRefused("svix-timestamp is missing")
        val signatures = headers["svix-signature"] ?: throw WebhookRefused("svix-signature is missing")

        val expected = sign("$id.$timestamp.$body")
        val fits = signatures.split(' ')
            .filter { it.startsWith("v1,") }
            .any { MessageDigest.isEqual(expected, it.removePrefix("v1,").toByteArray()) }
        if (!fits) throw WebhookRefused("no signature fits")
    }

    private fun sign(content: String): ByteArray {
        val mac = Mac.getInstance("HmacSHA256").apply { init(key) }
        return Base64.getEncoder().encode(mac.doFinal(content.toByteArray()))
    }
}
