package com.routely.telemetry

import java.time.Duration
import java.util.concurrent.atomic.AtomicBoolean
import org.apache.kafka.clients.consumer.Consumer
import org.apache.kafka.common.errors.WakeupException
import org.slf4j.LoggerFactory

class TelemetryConsumer(
    private val consumer: Consumer<String, ByteArray>,
    private val decoder: PositionDecoder,
    private val positions: PositionTable,
) : Runnable {

    private val log = LoggerFactory.getLogger(javaClass)
    private val running = AtomicBoolean(true)

    override fun run() {
        consumer.subscribe(listOf("vehicle-positions"))
        try {
            while (running.get()) {
                val records = consumer.poll(Duration.ofMillis(500))
                for (record in records) {
                    runCatching {
                        val position = decoder.decode(record.value())
                        positions.upsert(record.key(), position)
                    }
                }
                consumer.commitSync()
            }
        } catch (e: WakeupException) {
            if (running.get()) throw e
        } finally {
            consumer.close(Duration.ofSeconds(5))
            log.info("telemetry consumer stopped")
        }
    }

    fun stop() {
        running.set(false)
        consumer.wakeup()
    }
}
