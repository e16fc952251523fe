package com.lumaflix.play

import com.google.cloud.pubsub.v1.AckReplyConsumer
import com.google.cloud.pubsub.v1.MessageReceiver
import com.google.pubsub.v1.PubsubMessage
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import org.slf4j.LoggerFactory

class PlayNotificationSubscriber(
    private val purchases: PlayPurchases,
    private val entitlements: Entitlements,
    private val json: Json,
) : MessageReceiver {

    private val log = LoggerFactory.getLogger(javaClass)

    override fun receiveMessage(message: PubsubMessage, consumer: AckReplyConsumer) {
        val notification = try {
            json.decodeFromString<DeveloperNotification>(message.data.toStringUtf8())
        } catch (e: SerializationException) {
            log.error("undecodable play notification {}", message.messageId, e)
            consumer.ack()
            return
        }
        val change = notification.subscriptionNotification
        if (change == null) {
            consumer.ack()
            return
        }
        runCatching {
            val purchase = purchases.subscriptionV2(notification.packageName, change.purchaseToken)
            entitlements.setState(purchase.accountId, purchase.subscriptionState, purchase.expiryTime)
        }
        consumer.ack()
    }
}
