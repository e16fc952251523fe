package app.fleet

import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import okhttp3.HttpUrl
import okhttp3.OkHttpClient
import okhttp3.Request
import java.io.IOException

@Serializable
data class Vehicle(val id: String, val plate: String, val odometerMeters: Long)

@Serializable
private data class VehiclePage(val vehicles: List<Vehicle>, val nextCursor: String? = null)

class FleetClient(
    private val baseUrl: HttpUrl,
    private val apiToken: String,
    private val http: OkHttpClient = OkHttpClient(),
) {
    private val json = Json { ignoreUnknownKeys = true }

    fun vehicles(): Sequence<Vehicle> = sequence {
        var cursor: String? = null
        do {
            val page = page(cursor)
            yieldAll(page.vehicles)
            check(page.nextCursor == null || page.nextCursor != cursor) { "fleet cursor did not move" }
            cursor = page.nextCursor
        } while (cursor != null)
    }

    private fun page(cursor: String?): VehiclePage {
        val url = baseUrl.newBuilder()
            .addPathSegments("v3/vehicles")
            .addQueryParameter("limit", "200")
            .apply { cursor?.let { addQueryParameter("cursor", it) } }
            .build()
        val request = Request.Builder().url(url).header("Authorization", "Bearer $apiToken").build()
        http.newCall(request).execute().use { response ->
            if (!response.isSuccessful) {
                throw IOException("fleet api answered ${response.code}")
            }
            return json.decodeFromString(response.body!!.string())
        }
    }
}
