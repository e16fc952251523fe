package io.northpantry.parcel

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.plugins.ClientRequestException
import io.ktor.client.request.get
import io.ktor.http.HttpStatusCode
import io.ktor.http.appendPathSegments
import kotlinx.serialization.Serializable

@Serializable
data class Parcel(val number: String, val state: String, val weightGrams: Int)

class ParcelLookup(private val http: HttpClient) {

    suspend fun find(number: String): Parcel? =
        try {
            http.get { url { appendPathSegments("v1", "parcels", number) } }.body<Parcel>()
        } catch (e: ClientRequestException) {
            if (e.response.status == HttpStatusCode.NotFound) null else throw e
        }
}
