package com.lohnfix.api

import com.auth0.jwk.JwkProviderBuilder
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.Application
import io.ktor.server.application.install
import io.ktor.server.auth.Authentication
import io.ktor.server.auth.jwt.JWTPrincipal
import io.ktor.server.auth.jwt.jwt
import io.ktor.server.response.respond
import java.net.URI
import java.util.concurrent.TimeUnit

fun Application.configureAuthentication(config: RealmConfig) {
    val jwks = JwkProviderBuilder(URI("${config.issuer}/protocol/openid-connect/certs").toURL())
        .cached(10, 12, TimeUnit.HOURS)
        .rateLimited(10, 1, TimeUnit.MINUTES)
        .timeouts(2_000, 3_000)
        .build()

    install(Authentication) {
        jwt("payroll") {
            realm = "payroll"
            verifier(jwks, config.issuer) {
                acceptLeeway(10)
            }
            validate { credential ->
                if (credential.payload.subject.isNullOrBlank()) null else JWTPrincipal(credential.payload)
            }
            challenge { _, _ ->
                call.respond(HttpStatusCode.Unauthorized, mapOf("error" to "invalid_token"))
            }
        }
    }
}
