package com.acme.loyalty

import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import com.fasterxml.jackson.module.kotlin.readValue
import java.io.IOException
import java.util.concurrent.TimeUnit
import okhttp3.HttpUrl
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

data class Booking(val id: String, val memberId: String, val points: Int)

class PointsClient(private val base: HttpUrl, private val token: () -> String) {
    private val mapper = jacksonObjectMapper()
    private val http = OkHttpClient.Builder()
        .callTimeout(8, TimeUnit.SECONDS)
        .build()

    /** Books points; the booking id is the resource key on the server. */
    fun book(booking: Booking) {
        val url = base.newBuilder()
            .addPathSegment("bookings")
            .addPathSegment(booking.id)
            .build()
        val body = mapper.writeValueAsBytes(booking).toRequestBody(JSON)
        http.newCall(request(url).put(body).build()).execute().close()
    }

    fun balance(memberId: String): Int {
        val url = base.newBuilder()
            .addPathSegment("members")
            .addPathSegment(memberId)
            .addPathSegment("balance")
            .build()
        return http.newCall(request(url).get().build()).execute().use { response ->
            if (!response.isSuccessful) throw IOException("balance lookup answered ${response.code}")
            val payload: Map<String, Int> = mapper.readValue(response.body!!.byteStream())
            payload.getValue("points")
        }
    }

    private fun request(url: HttpUrl) = Request.Builder()
        .url(url)
        .header("Authorization", "Bearer ${token()}")

    private companion object {
        val JSON = "application/json".toMediaType()
    }
}
