package io.telora.sinch

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.basicAuth
import io.ktor.client.request.get
import io.ktor.http.HttpStatusCode
import io.ktor.http.appendPathSegments
import io.ktor.http.isSuccess
import io.telora.http.OutboundHttp

class SinchNumbers(
    private val project: String,
    private val keyId: String,
    private val keySecret: String,
    private val http: HttpClient = OutboundHttp.create(),
) {
    suspend fun find(phoneNumber: String): ActiveNumber? {
        val response = http.get("https://numbers.api.sinch.com/v1/projects") {
            url { appendPathSegments(project, "activeNumbers", phoneNumber) }
            basicAuth(keyId, keySecret)
        }
        return when {
            response.status == HttpStatusCode.NotFound -> null
            response.status.isSuccess() -> response.body<ActiveNumber>()
            else -> throw SinchException("active number lookup answered ${response.status.value}")
        }
    }
}
