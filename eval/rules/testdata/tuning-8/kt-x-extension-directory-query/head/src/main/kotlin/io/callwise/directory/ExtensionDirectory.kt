package io.callwise.directory

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.auth.authenticate
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.get
import org.jetbrains.exposed.dao.id.LongIdTable
import org.jetbrains.exposed.sql.ResultRow
import org.jetbrains.exposed.sql.and
import org.jetbrains.exposed.sql.selectAll
import org.jetbrains.exposed.sql.transactions.experimental.newSuspendedTransaction

object Extensions : LongIdTable("extension") {
    val tenantId = long("tenant_id")
    val number = varchar("number", 12)
    val owner = varchar("owner", 120)
    val sipUri = varchar("sip_uri", 200)
}

fun Route.extensionDirectory() = authenticate("pbx") {
    get("/pbx/extensions/{number}") {
        val number = call.parameters["number"].orEmpty()
        if (!number.matches(Regex("\\d{2,12}"))) {
            return@get call.respond(HttpStatusCode.BadRequest, "number of 2 to 12 digits")
        }
        val tenant = call.pbxTenant()
        val entry = newSuspendedTransaction {
            Extensions.selectAll()
                .where { (Extensions.tenantId eq tenant) and (Extensions.number eq number) }
                .limit(1)
                .map(::toEntry)
                .singleOrNull()
        }
        if (entry == null) call.respond(HttpStatusCode.NotFound) else call.respond(entry)
    }
}

private fun toEntry(row: ResultRow) = ExtensionEntry(
    number = row[Extensions.number],
    owner = row[Extensions.owner],
    sipUri = row[Extensions.sipUri],
)
