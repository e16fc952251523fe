package com.acme.crm

import io.ktor.client.HttpClient
import io.ktor.client.call.body
import io.ktor.client.request.forms.submitForm
import io.ktor.http.parameters
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
    @Volatile
    private var cached: Tokens? = null

    suspend fun accessToken(): String {
        val current = cached ?: store.load(app.orgId)
        val tokens = if (current.expiresAt.isAfter(clock.instant().plusSeconds(60))) current else refresh(current)
        cached = tokens
        return tokens.access
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
