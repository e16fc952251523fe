package com.medora.devices

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.forms.submitForm
import io.ktor.http.parameters
import java.time.Clock
import java.time.Duration

/** `http` has the time limits of the platform, see HttpModule. */
class WithingsTokens(
    private val http: HttpClient,
    private val config: WithingsConfig,
    private val links: DeviceLinkRepository,
    private val clock: Clock,
) {
    private val locks = KeyedMutex<Long>()

    suspend fun accessToken(userId: Long): String = locks.withLock(userId) {
        val link = links.get(userId) ?: throw NotLinked(userId)
        if (clock.instant().isBefore(link.expiresAt - Duration.ofMinutes(2))) {
            return@withLock link.accessToken
        }
        val answer: WithingsAnswer<TokenBody> = http.submitForm(
            url = "https://wbsapi.withings.net/v2/oauth2",
            formParameters = parameters {
                append("action", "requesttoken")
                append("grant_type", "refresh_token")
                append("client_id", config.clientId)
                append("client_secret", config.clientSecret)
                append("refresh_token", link.refreshToken)
            },
        ).body()
        if (answer.status != 0) {
            throw LinkBroken(userId, answer.status)
        }
        links.updateAccess(
            userId = userId,
            accessToken = answer.body.accessToken,
            expiresAt = clock.instant().plusSeconds(answer.body.expiresIn),
        )
        answer.body.accessToken
    }
}
