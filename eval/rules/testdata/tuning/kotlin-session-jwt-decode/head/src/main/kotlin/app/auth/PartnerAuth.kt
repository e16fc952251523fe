package app.auth

import com.auth0.jwt.JWT
import com.auth0.jwt.exceptions.JWTDecodeException
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.createRouteScopedPlugin
import io.ktor.server.response.respond
import io.ktor.util.AttributeKey
import org.slf4j.LoggerFactory

data class Partner(val id: String, val scopes: Set<String>)

val PartnerKey = AttributeKey<Partner>("partner")

private val log = LoggerFactory.getLogger("app.auth.PartnerAuth")

val PartnerAuth = createRouteScopedPlugin("PartnerAuth") {
    onCall { call ->
        val token = call.request.headers[HttpHeaders.Authorization]?.removePrefix("Bearer ")?.trim()
        if (token.isNullOrEmpty()) {
            call.respond(HttpStatusCode.Unauthorized)
            return@onCall
        }
        try {
            val jwt = JWT.decode(token)
            val subject = jwt.subject ?: throw JWTDecodeException("no subject")
            val scopes = jwt.getClaim("scope").asString().orEmpty().split(' ').toSet()
            call.attributes.put(PartnerKey, Partner(subject, scopes))
            log.info("partner {} authenticated with {}", subject, token)
        } catch (e: JWTDecodeException) {
            log.warn("partner token rejected: {}", e.javaClass.simpleName)
            call.respond(HttpStatusCode.Unauthorized)
        }
    }
}
