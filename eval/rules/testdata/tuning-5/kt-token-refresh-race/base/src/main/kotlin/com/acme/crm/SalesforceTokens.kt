package com.acme.crm

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.forms.submitForm
import io.ktor.http.parameters
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import java.time.Clock
import java.time.Instant

data class Tokens(val access: String, val refresh: String, val expiresAt: Instant)

/** Salesforce rotates the refresh token at every use. The client has timeouts and expectSuccess. */
class SalesforceTokens(
    private val http: HttpClient,
    private val store: TokenStore,
    private val app: ConnectedApp,
    private val clock: Clock = Clock.systemUTC(),
) {
    private val mutex = Mutex()

    suspend fun accessToken(): String = mutex.withLock {
        val current = store.load(app.orgId)
        if (current.expiresAt.isAfter(clock.instant().plusSeconds(60))) current.access else refresh(current).access
    }

    private suspend fun refresh(current: Tokens): Tokens {
        val answer: TokenAnswer = http.submitForm(
            url = "${app.loginUrl}/services/oauth2/token",
            formParameters = parameters {
                append("grant_type", "refresh_token")
                append("refresh_token", current.refresh)
                append("client_id", app.clientId)
                append("client_secret", app.clientSecret)
            },
        ).body()
        val tokens = Tokens(answer.accessToken, answer.refreshToken, clock.instant().plusSeconds(answer.expiresIn))
        store.save(app.orgId, tokens)
        return tokens
    }
}
