package com.lumaflix.play

import com.auth0.jwk.JwkProviderBuilder
import io.ktor.server.application.Application
import io.ktor.server.application.install
import io.ktor.server.auth.Authentication
import io.ktor.server.auth.jwt.JWTPrincipal
import io.ktor.server.auth.jwt.jwt
import java.net.URI
import java.util.concurrent.TimeUnit

/** Protects /push/play, where the subscription `play-rtdn` delivers with an OIDC token. */
fun Application.installPushAuthentication() {
    val keys = JwkProviderBuilder(URI("https://www.googleapis.com/oauth2/v3/certs").toURL())
        .cached(10, 6, TimeUnit.HOURS)
        .rateLimited(10, 1, TimeUnit.MINUTES)
        .build()

    install(Authentication) {
        jwt("pubsub-push") {
            realm = "push"
            verifier(keys, "https://accounts.google.com") {
                acceptLeeway(20)
            }
            validate { credential -> JWTPrincipal(credential.payload) }
        }
    }
}
