package com.acme.leads

import com.fasterxml.jackson.annotation.JsonIgnoreProperties
import com.fasterxml.jackson.annotation.JsonProperty
import java.time.OffsetDateTime
import org.slf4j.LoggerFactory
import org.springframework.http.HttpHeaders
import org.springframework.stereotype.Component
import org.springframework.web.client.HttpClientErrorException
import org.springframework.web.client.RestClient
import org.springframework.web.client.body

private const val GRAPH = "https://graph.facebook.com"

@JsonIgnoreProperties(ignoreUnknown = true)
data class Lead(
    val id: String,
    @JsonProperty("created_time") val createdAt: OffsetDateTime,
    @JsonProperty("form_id") val formId: String,
    @JsonProperty("field_data") val fields: List<Field>,
) {
    data class Field(val name: String, val values: List<String>)

    fun value(name: String): String? = fields.firstOrNull { it.name == name }?.values?.firstOrNull()
}

@Component
class MetaLeadReader(private val tokens: PageTokens, builder: RestClient.Builder, timeouts: ClientTimeouts) {
    private val log = LoggerFactory.getLogger(javaClass)
    private val rest = builder.baseUrl(GRAPH).requestFactory(timeouts.requestFactory()).build()

    /** Returns null when the lead was deleted in the meantime. */
    fun read(pageId: String, leadId: String): Lead? =
        try {
            rest.get()
                .uri("/{id}?fields=id,created_time,form_id,field_data", leadId)
                .header(HttpHeaders.AUTHORIZATION, "Bearer ${tokens.forPage(pageId)}")
                .retrieve()
                .body<Lead>()
        } catch (e: HttpClientErrorException.NotFound) {
            log.info("lead {} of page {} no longer exists", leadId, pageId)
            null
        }
}
