package crm

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.engine.cio.CIO
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.client.plugins.defaultRequest
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.get
import io.ktor.client.request.parameter
import io.ktor.http.HttpStatusCode
import io.ktor.http.isSuccess
import io.ktor.serialization.kotlinx.json.json
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json

@Serializable
data class ContactResponse(val id: String, val properties: Map<String, String?>)

class HubSpotException(val status: Int) : RuntimeException("hubspot answered $status")

/** Nightly job: fills in industry and size for all customers that have a HubSpot id. */
class Enrichment(token: String, private val customers: CustomerRepository) {

    private val http = HttpClient(CIO) {
        install(HttpTimeout) {
            connectTimeoutMillis = 3_000
            requestTimeoutMillis = 10_000
        }
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
        defaultRequest {
            url("https://api.hubapi.com/")
            bearerAuth(token)
        }
    }

    private suspend fun contact(id: Long): ContactResponse? {
        val response = http.get("crm/v3/objects/contacts/$id") {
            parameter("properties", "industry,numberofemployees")
        }
        return when {
            response.status == HttpStatusCode.NotFound -> null
            response.status.isSuccess() -> response.body()
            else -> throw HubSpotException(response.status.value)
        }
    }

    suspend fun run(): Int {
        val pending = customers.withHubSpotId()
        val found = coroutineScope {
            pending.map { customer -> async { customer to contact(customer.hubSpotId) } }.awaitAll()
        }
        return found.count { (customer, contact) ->
            contact != null && customers.enrich(customer.id, contact.properties)
        }
    }
}
