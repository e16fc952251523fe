package com.deskly.search

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.auth.authenticate
import io.ktor.server.auth.principal
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import org.jetbrains.exposed.sql.transactions.transaction

fun Route.conversationSearch() {
    authenticate("agent") {
        get("/conversations/search") {
            val agent = call.principal<AgentPrincipal>() ?: return@get call.respond(HttpStatusCode.Unauthorized)
            val q = call.request.queryParameters["q"].orEmpty()
            if (q.length !in 3..80) {
                return@get call.respond(HttpStatusCode.BadRequest, mapOf("error" to "q must have 3 to 80 characters"))
            }
            val sort = call.request.queryParameters["sort"] ?: "updated_at"

            val hits = transaction {
                exec(
                    """
                    SELECT id, subject, updated_at FROM conversation
                    WHERE tenant_id = ${agent.tenantId} AND subject ILIKE '%$q%'
                    ORDER BY $sort DESC LIMIT 50
                    """.trimIndent(),
                ) { rows ->
                    buildList {
                        while (rows.next()) {
                            add(ConversationHit(rows.getLong("id"), rows.getString("subject"), rows.getTimestamp("updated_at").toInstant()))
                        }
                    }
                }
            }
            call.respond(hits.orEmpty())
        }
    }
}
