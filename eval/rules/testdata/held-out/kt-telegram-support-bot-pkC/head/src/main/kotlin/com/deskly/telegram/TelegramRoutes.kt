package com.deskly.telegram

import io.ktor.http.HttpStatusCode
import io.ktor.server.application.call
import io.ktor.server.request.receive
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import org.slf4j.LoggerFactory

private val log = LoggerFactory.getLogger("com.deskly.telegram")

fun Route.telegramRoutes(updates: UpdateInbox, admins: AdminCommands) {
    post("/telegram/updates") {
        val update = call.receive<TelegramUpdate>()
        val message = update.message
        if (message?.text == null) {
            call.respond(HttpStatusCode.OK)
            return@post
        }
        if (message.from.id in admins.ids && message.text.startsWith("/")) {
            admins.enqueue(update.updateId, message.chat.id, message.text)
        } else {
            val stored = updates.storeUnlessSeen(update.updateId, message.chat.id, message.text)
            log.debug("update {} stored={}", update.updateId, stored)
        }
        call.respond(HttpStatusCode.OK)
    }
}
