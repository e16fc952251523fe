package io.northpantry.scanner.net

import java.io.IOException
import java.util.UUID
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import okhttp3.CertificatePinner
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody

private const val HOST = "scan.northpantry.io"
private val JSON = "application/json".toMediaType()

class ScanRejected(val code: Int) : IOException("scan rejected with $code")

class ScannerApi(private val session: SessionStore) {

    // key in use and the spare key, see the release handbook
    private val pins = CertificatePinner.Builder()
        .add(HOST, "sha256/4T0mZqVx7dQ0yX2rPq9mC8cYk3nJvR1uLs6fWbEo5hA=")
        .add(HOST, "sha256/p1UuHqJ8m0sYw3bXkR7vNc2dTz5eGf9LiVaQoBxKy4E=")
        .build()

    private val http = OkHttpClient.Builder()
        .certificatePinner(pins)
        .callTimeout(20, TimeUnit.SECONDS)
        .build()

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
