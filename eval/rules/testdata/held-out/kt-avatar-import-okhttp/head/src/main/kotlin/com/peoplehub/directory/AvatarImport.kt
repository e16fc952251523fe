package com.peoplehub.directory

import okhttp3.HttpUrl
import okhttp3.OkHttpClient
import okhttp3.Request
import org.slf4j.LoggerFactory
import java.io.IOException
import java.time.Duration

class AvatarImport(
    private val allowedHosts: Set<String>,
    private val avatars: AvatarStore,
) {
    private val log = LoggerFactory.getLogger(javaClass)

    private val http = OkHttpClient.Builder()
        .callTimeout(Duration.ofSeconds(15))
        .followRedirects(false)
        .build()

    /** Pictures on the hosts of the customers' directories, which their employees upload there. */
    fun import(employee: EmployeeId, picture: HttpUrl): Boolean {
        if (!picture.isHttps || picture.host !in allowedHosts) {
            log.warn("picture of {} is on a host that is not allowed", employee)
            return false
        }

        val request = Request.Builder().url(picture).header("Accept", "image/*").build()
        val response = try {
            http.newCall(request).execute()
        } catch (e: IOException) {
            log.warn("picture of {} was not loaded", employee, e)
            return false
        }
        if (!response.isSuccessful) {
            log.warn("picture of {}: status {}", employee, response.code)
            return false
        }

        avatars.save(employee, response.body!!.bytes())
        return true
    }
}
