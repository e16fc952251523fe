package io.callwise.zoom

import java.security.MessageDigest
import java.util.HexFormat
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import org.springframework.stereotype.Component

@Component
class ZoomEventVerifier(props: ZoomProperties) {

    private val key = SecretKeySpec(props.secretToken.toByteArray(), "HmacSHA256")

    fun verify(signature: String?, timestamp: String?, body: String): Boolean {
        if (signature == null || timestamp.isNullOrBlank()) return false
        val expected = "v0=" + hmac("v0:$timestamp:$body")
        return MessageDigest.isEqual(expected.toByteArray(), signature.toByteArray())
    }

    fun challenge(plainToken: String): String = hmac(plainToken)

    private fun hmac(text: String): String {
        val mac = Mac.getInstance("HmacSHA256").apply { init(key) }
        return HexFormat.of().formatHex(mac.doFinal(text.toByteArray()))
    }
}
