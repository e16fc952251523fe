package com.gridwise.telemetry

import aws.sdk.kotlin.services.sqs.SqsClient
import aws.sdk.kotlin.services.sqs.deleteMessage
import aws.sdk.kotlin.services.sqs.model.Message
import aws.sdk.kotlin.services.sqs.receiveMessage
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.isActive
import org.jetbrains.exposed.sql.SqlExpressionBuilder.plus
import org.jetbrains.exposed.sql.and
import org.jetbrains.exposed.sql.insertIgnore
import org.jetbrains.exposed.sql.transactions.experimental.newSuspendedTransaction
import org.jetbrains.exposed.sql.update
import org.slf4j.LoggerFactory

class EnergyWorker(private val sqs: SqsClient, private val queue: String, private val codec: ReadingCodec) {

    private val log = LoggerFactory.getLogger(javaClass)

    suspend fun run() {
        while (currentCoroutineContext().isActive) {
            val batch = sqs.receiveMessage {
                queueUrl = queue
                maxNumberOfMessages = 10
                waitTimeSeconds = 20
            }
            batch.messages.orEmpty().forEach { handle(it) }
        }
    }

    private suspend fun handle(message: Message) {
        val reading = codec.decode(message.body) ?: run {
            log.warn("undecodable reading {}, left for the dead-letter queue", message.messageId)
            return
        }
        newSuspendedTransaction {
            DailyEnergy.insertIgnore {
                it[meter] = reading.meter
                it[day] = reading.day
                it[wattHours] = 0L
            }
            DailyEnergy.update({ (DailyEnergy.meter eq reading.meter) and (DailyEnergy.day eq reading.day) }) {
                it[wattHours] = wattHours + reading.deltaWattHours
            }
        }
        sqs.deleteMessage {
            queueUrl = queue
            receiptHandle = message.receiptHandle
        }
    }
}
