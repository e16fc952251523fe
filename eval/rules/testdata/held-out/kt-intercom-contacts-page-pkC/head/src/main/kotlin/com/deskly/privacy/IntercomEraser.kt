package com.deskly.privacy

import org.slf4j.LoggerFactory
import retrofit2.Response
import retrofit2.http.Body
import retrofit2.http.DELETE
import retrofit2.http.POST
import retrofit2.http.Path

interface IntercomApi {
    @POST("contacts/search")
    suspend fun search(@Body query: ContactQuery): ContactPage

    @DELETE("contacts/{id}")
    suspend fun delete(@Path("id") id: String): Response<Unit>
}

class IntercomEraser(private val api: IntercomApi) {

    private val log = LoggerFactory.getLogger(javaClass)

    suspend fun eraseTenant(tenantId: String): ErasureReport {
        val page = api.search(
            ContactQuery(
                query = FieldEquals(field = "custom_attributes.tenant_id", value = tenantId),
                pagination = Pagination(perPage = 50),
            ),
        )
        val results = page.data.map { contact ->
            val response = api.delete(contact.id)
            if (!response.isSuccessful && response.code() != 404) {
                log.error("contact {} of tenant {} not deleted: {}", contact.id, tenantId, response.code())
            }
            contact.id to (response.isSuccessful || response.code() == 404)
        }
        return ErasureReport(
            tenantId = tenantId,
            deleted = results.count { it.second },
            failed = results.filterNot { it.second }.map { it.first },
        )
    }
}
