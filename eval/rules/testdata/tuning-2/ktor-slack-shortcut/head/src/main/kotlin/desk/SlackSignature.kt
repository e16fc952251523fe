package desk

import java.security.MessageDigest
import java.time.Clock
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import kotlin.math.abs

class SlackSignature(secret: String, private val clock: Clock) {

    private val key = SecretKeySpec(secret.toByteArray(), "HmacSHA256")

    init {
        require(secret.length >= 20) { "slack signing secret is missing" }
    }

    @OptIn(ExperimentalStdlibApi::class)
    fun matches(timestamp: String?, header: String?, body: ByteArray): Boolean {
        val seconds = timestamp?.toLongOrNull() ?: return false
        if (header == null || abs(clock.instant().epochSecond - seconds) > 300) return false

        val mac = Mac.getInstance("HmacSHA256").apply {
            init(key)
            update("v0:$timestamp:".toByteArray())
        }
        val expected = "v0=" + mac.doFinal(body).toHexString()
        return MessageDigest.isEqual(expected.toByteArray(), header.toByteArray())
    }
}
