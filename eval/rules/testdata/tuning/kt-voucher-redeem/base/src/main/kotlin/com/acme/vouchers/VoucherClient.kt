package com.acme.vouchers

import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper

import java.io.IOException
import java.util.concurrent.TimeUnit
import okhttp3.HttpUrl
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

data class Redemption(val id: String, val code: String, val orderId: String)

class VoucherClient(private val base: HttpUrl, private val token: () -> String) {
    private val mapper = jacksonObjectMapper()
    private val http = OkHttpClient.Builder()
        .callTimeout(8, TimeUnit.SECONDS)
        .build()

    /** Redeems a voucher; the redemption id is the resource key on the server. */
    fun redeem(redemption: Redemption) {
        val url = base.newBuilder()
            .addPathSegment("redemptions")
            .addPathSegment(redemption.id)
            .build()
        val body = mapper.writeValueAsBytes(redemption).toRequestBody(JSON)
        http.newCall(request(url).put(body).build()).execute().use { response ->
            if (!response.isSuccessful) throw IOException("redemption answered ${response.code}")
        }
    }

    private fun request(url: HttpUrl) = Request.Builder()
        .url(url)
        .header("Authorization", "Bearer ${token()}")

    private companion object {
        val JSON = "application/json".toMediaType()
    }
}
