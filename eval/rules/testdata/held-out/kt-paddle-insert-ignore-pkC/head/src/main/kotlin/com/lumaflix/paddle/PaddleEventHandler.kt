package com.lumaflix.paddle

import org.jetbrains.exposed.sql.SqlExpressionBuilder.less
import org.jetbrains.exposed.sql.and
import org.jetbrains.exposed.sql.insertIgnore
import org.jetbrains.exposed.sql.transactions.transaction
import org.jetbrains.exposed.sql.update
import org.slf4j.LoggerFactory

/** Gets events whose Paddle-Signature was verified by PaddleSignaturePlugin. Rows are created by the checkout. */
class PaddleEventHandler(private val outbox: Outbox) {

    private val log = LoggerFactory.getLogger(javaClass)

    fun handle(event: PaddleEvent) = transaction {
        val fresh = PaddleEvents.insertIgnore {
            it[eventId] = event.eventId
            it[type] = event.eventType
            it[occurredAt] = event.occurredAt
        }.insertedCount == 1
        if (!fresh) {
            log.debug("paddle event {} seen before", event.eventId)
            return@transaction
        }
        val subscription = event.subscription() ?: return@transaction
        val changed = Subscriptions.update({
            (Subscriptions.paddleId eq subscription.id) and (Subscriptions.changedAt less event.occurredAt)
        }) {
            it[status] = subscription.status
            it[scheduledChange] = subscription.scheduledChange?.action
            it[changedAt] = event.occurredAt
        }
        if (changed == 1) {
            outbox.add("subscription.changed", subscription.id)
        }
    }
}
