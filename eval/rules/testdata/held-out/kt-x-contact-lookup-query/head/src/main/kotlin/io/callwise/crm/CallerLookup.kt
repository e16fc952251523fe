package io.callwise.crm

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.auth.authenticate
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import javax.sql.DataSource
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

fun Route.callerLookup(dataSource: DataSource) {
    authenticate("pbx") {
        get("/pbx/caller") {
            val number = call.request.queryParameters["number"]
                ?: return@get call.respond(HttpStatusCode.BadRequest)
            val tenant = call.pbxTenant()
            val contact = withContext(Dispatchers.IO) { dataSource.findCaller(tenant, number) }
            if (contact == null) call.respond(HttpStatusCode.NotFound) else call.respond(contact)
        }
    }
}

private fun DataSource.findCaller(tenant: Long, number: String): CallerCard? =
    connection.use { con ->
        con.createStatement().use { statement ->
            statement.queryTimeout = 3
            val rows = statement.executeQuery(
                """
                SELECT c.id, c.display_name, c.company
                FROM contact c JOIN contact_phone p ON p.contact_id = c.id
                WHERE c.tenant_id = $tenant AND p.e164 = '$number'
                LIMIT 1
                """.trimIndent(),
            )
            if (rows.next()) CallerCard(rows.getLong(1), rows.getString(2), rows.getString(3)) else null
        }
    }
