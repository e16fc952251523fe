package com.orderly.payments

import java.util.Base64
import java.util.HexFormat
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/** HMAC check of standard notification items. */
class AdyenHmac(hexKey: String) {

    private val key = SecretKeySpec(HexFormat.of().parseHex(hexKey), ALGORITHM)

    fun isAuthentic(item: NotificationItem): Boolean {
        val given = item.additionalData["hmacSignature"] ?: return false
        return sign(payload(item)) == given
    }

    private fun payload(item: NotificationItem): String = listOf(
        item.pspReference,
        item.originalReference.orEmpty(),
        item.merchantAccountCode,
        item.merchantReference,
        item.amount.value.toString(),
        item.amount.currency,
        item.eventCode,
        item.success,
    ).joinToString(":")

    private fun sign(payload: String): String {
        val mac = Mac.getInstance(ALGORITHM)
        mac.init(key)
        return Base64.getEncoder().encodeToString(mac.doFinal(payload.toByteArray(Charsets.UTF_8)))
    }

    private companion object {
        const val ALGORITHM = "HmacSHA256"
    }
}
