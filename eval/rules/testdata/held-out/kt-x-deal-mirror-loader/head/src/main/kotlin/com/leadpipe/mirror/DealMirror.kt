package com.leadpipe.mirror

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import java.io.IOException
import java.util.concurrent.TimeUnit
import okhttp3.HttpUrl.Companion.toHttpUrl
import okhttp3.OkHttpClient
import okhttp3.Request
import org.slf4j.LoggerFactory

class DealMirror(private val company: String, private val apiToken: String, private val store: DealStore) {

    private val log = LoggerFactory.getLogger(javaClass)
    private val http = OkHttpClient.Builder().callTimeout(30, TimeUnit.SECONDS).build()
    private val mapper = jacksonObjectMapper()

    fun refresh() {
        val url = "https://$company.pipedrive.com/api/v1/deals".toHttpUrl().newBuilder()
            .addQueryParameter("limit", "500")
            .addQueryParameter("status", "all_not_deleted")
            .build()
        val request = Request.Builder().url(url).header("x-api-token", apiToken).build()
        val page = http.newCall(request).execute().use { response ->
            if (!response.isSuccessful) throw IOException("deals: HTTP ${response.code}")
            mapper.readTree(response.body!!.byteStream())
        }
        val deals = page.path("data").map(::toDeal)
        store.upsertAll(deals)
        log.info("{} deals mirrored", deals.size)
    }

    private fun toDeal(node: JsonNode) = Deal(
        id = node.path("id").asLong(),
        title = node.path("title").asText(),
        value = node.path("value").decimalValue(),
        currency = node.path("currency").asText(),
        stage = node.path("stage_id").asInt(),
    )
}
