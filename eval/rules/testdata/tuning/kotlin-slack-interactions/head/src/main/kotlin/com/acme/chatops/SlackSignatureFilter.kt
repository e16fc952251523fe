package com.acme.chatops

import jakarta.servlet.FilterChain
import jakarta.servlet.http.HttpServletRequest
import jakarta.servlet.http.HttpServletResponse
import org.springframework.stereotype.Component
import org.springframework.web.filter.OncePerRequestFilter
import java.security.MessageDigest
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

@Component
class SlackSignatureFilter(private val properties: SlackProperties) : OncePerRequestFilter() {

    override fun shouldNotFilter(request: HttpServletRequest): Boolean =
        !request.requestURI.startsWith("/slack/")

    override fun doFilterInternal(
        request: HttpServletRequest,
        response: HttpServletResponse,
        chain: FilterChain,
    ) {
        val cached = CachedBodyRequest(request, maxBytes = 128 * 1024)
        val timestamp = request.getHeader("X-Slack-Request-Timestamp")
        val signature = request.getHeader("X-Slack-Signature")

        if (!matches(timestamp, signature, cached.body)) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED)
            return
        }
        chain.doFilter(cached, response)
    }

    private fun matches(timestamp: String?, signature: String?, body: ByteArray): Boolean {
        if (timestamp == null || signature == null || timestamp.toLongOrNull() == null) return false

        val mac = Mac.getInstance("HmacSHA256")
        mac.init(SecretKeySpec(properties.signingSecret.toByteArray(), "HmacSHA256"))
        mac.update("v0:$timestamp:".toByteArray())
        val digest = mac.doFinal(body).joinToString("") { "%02x".format(it) }

        return MessageDigest.isEqual("v0=$digest".toByteArray(), signature.toByteArray())
    }
}
