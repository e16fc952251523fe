package com.deskline.attachments

import okhttp3.HttpUrl
import okhttp3.OkHttpClient
import okhttp3.Request
import okio.Buffer
import java.io.IOException
import java.time.Duration

class AttachmentFetcher(base: OkHttpClient, private val host: String, private val token: String) {

    private val http = base.newBuilder()
        .callTimeout(Duration.ofSeconds(30))
        .followRedirects(false)
        .build()

    /** @throws IOException when the attachment cannot be loaded, is too large or of a wrong type */
    fun fetch(url: HttpUrl): Attachment {
        require(url.isHttps && url.host == host) { "attachments come from $host only" }

        val request = Request.Builder()
            .url(url)
            .header("Authorization", "Bearer $token")
            .build()

        return http.newCall(request).execute().use { response ->
            if (!response.isSuccessful) {
                throw IOException("attachment: status ${response.code}")
            }
            val body = response.body ?: throw IOException("attachment without content")
            val type = body.contentType()?.let { "${it.type}/${it.subtype}" }
            if (type !in ALLOWED_TYPES) {
                throw IOException("attachment of type $type")
            }

            val buffer = Buffer()
            val source = body.source()
            while (source.read(buffer, CHUNK) != -1L) {
                if (buffer.size > MAX_BYTES) {
                    throw IOException("attachment is larger than $MAX_BYTES bytes")
                }
            }
            Attachment(type!!, buffer.readByteArray())
        }
    }

    private companion object {
        const val CHUNK = 16L * 1024
        const val MAX_BYTES = 10L * 1024 * 1024
        val ALLOWED_TYPES = setOf("image/png", "image/jpeg", "application/pdf")
    }
}
