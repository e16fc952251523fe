package io.northpantry.scanner.net

import java.io.IOException
import java.util.UUID
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

private const val HOST = "scan.northpantry.io"
private val JSON = "application/json".toMediaType()

class ScanRejected(val code: Int) : IOException("scan rejected with $code")

class ScannerApi(private val session: SessionStore) {

    private val http = OkHttpClient()

    /** The id is made when the scan is saved on the device; the server keeps it unique. */
    suspend fun upload(scanId: UUID, json: String) = withContext(Dispatchers.IO) {
        val request = Request.Builder()
            .url("https://$HOST/v2/scans/$scanId")
            .header("Authorization", "Bearer ${session.token()}")
            .put(json.toRequestBody(JSON))
            .build()
        http.newCall(request).execute().use { response ->
            if (response.code in 400..499 && response.code != 408 && response.code != 429) throw ScanRejected(response.code)
            if (!response.isSuccessful) throw IOException("scan upload answered ${response.code}")
        }
    }
}
