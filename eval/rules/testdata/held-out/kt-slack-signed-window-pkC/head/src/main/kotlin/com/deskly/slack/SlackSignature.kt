package com.deskly.slack

import java.security.MessageDigest
import java.time.Clock
import java.time.Duration
import java.time.Instant
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import kotlin.math.abs

class SlackSignature(signingSecret: String, private val clock: Clock) {

    private val key = SecretKeySpec(signingSecret.toByteArray(), "HmacSHA256")

    fun accepts(timestamp: String?, signature: String?, body: ByteArray): Boolean {
        val sentAt = timestamp?.toLongOrNull() ?: return false
        val given = signature?.removePrefix("v0=")?.hexOrNull() ?: return false
        if (abs(clock.instant().epochSecond - sentAt) > MAX_AGE.seconds) {
            return false
        }
        val mac = Mac.getInstance("HmacSHA256").apply {
            init(key)
            update("v0:$sentAt:".toByteArray())
        }
        return MessageDigest.isEqual(mac.doFinal(body), given)
    }

    @OptIn(ExperimentalStdlibApi::class)
    private fun String.hexOrNull(): ByteArray? = runCatching { hexToByteArray() }.getOrNull()

    private companion object {
        val MAX_AGE: Duration = Duration.ofMinutes(5)
    }
}
