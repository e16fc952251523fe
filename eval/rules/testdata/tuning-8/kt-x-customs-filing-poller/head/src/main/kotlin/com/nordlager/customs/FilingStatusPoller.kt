package com.nordlager.customs

import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import com.fasterxml.jackson.module.kotlin.readValue
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Duration
import org.slf4j.LoggerFactory

class FilingStatusPoller(private val baseUrl: String, private val token: () -> String) {

    private val log = LoggerFactory.getLogger(javaClass)
    private val mapper = jacksonObjectMapper()
    private val http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()

    fun status(mrn: String): FilingStatus {
        while (true) {
            try {
                return load(mrn)
            } catch (e: IOException) {
                log.warn("customs status of {} failed: {}", mrn, e.message)
            }
        }
    }

    private fun load(mrn: String): FilingStatus {
        val request = HttpRequest.newBuilder(URI.create("$baseUrl/declarations/$mrn/status"))
            .timeout(Duration.ofSeconds(15))
            .header("Authorization", "Bearer ${token()}")
            .build()
        val response = http.send(request, HttpResponse.BodyHandlers.ofString())
        if (response.statusCode() != 200) {
            throw IOException("HTTP ${response.statusCode()}")
        }
        return mapper.readValue<FilingStatus>(response.body())
    }
}
