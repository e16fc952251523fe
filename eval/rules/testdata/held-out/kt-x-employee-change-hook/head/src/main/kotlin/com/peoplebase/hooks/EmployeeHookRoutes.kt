package com.peoplebase.hooks

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.request.receiveText
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import org.slf4j.LoggerFactory

private val log = LoggerFactory.getLogger("EmployeeHooks")
private val json = Json { ignoreUnknownKeys = true }

fun Route.employeeHooks(queue: AccessChangeQueue) {
    post("/hooks/bamboohr/employees") {
        val text = call.receiveText()
        val change = try {
            json.decodeFromString<EmployeeChanges>(text)
        } catch (e: SerializationException) {
            log.warn("employee change not readable: {}", e.message)
            return@post call.respond(HttpStatusCode.BadRequest)
        }
        for (employee in change.employees) {
            queue.enqueue(AccessChange(employee.id, employee.action, employee.fields["department"]?.value))
        }
        call.respond(HttpStatusCode.Accepted)
    }
}
