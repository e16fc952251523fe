package com.supplyhub.payout

import io.github.resilience4j.kotlin.retry.RetryConfig
import io.github.resilience4j.kotlin.retry.executeSuspendFunction
import io.github.resilience4j.core.IntervalFunction
import io.github.resilience4j.retry.Retry
import java.time.Duration
import java.util.UUID
import kotlinx.coroutines.reactor.awaitSingle
import org.springframework.stereotype.Service
import org.springframework.web.reactive.function.client.WebClient
import org.springframework.web.reactive.function.client.WebClientRequestException
import org.springframework.web.reactive.function.client.WebClientResponseException
import org.springframework.web.reactive.function.client.bodyToMono

@Service
class WiseTransferGateway(builder: WebClient.Builder, props: WiseProperties) {

    private val client = builder
        .baseUrl("https://api.transferwise.com")
        .defaultHeaders { it.setBearerAuth(props.token) }
        .build()

    private val retry = Retry.of("wise", RetryConfig {
        maxAttempts(3)
        intervalFunction(IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(800), 2.0))
        retryOnException { it is WebClientRequestException || (it is WebClientResponseException && it.statusCode.is5xxServerError) }
    })

    suspend fun transfer(payout: SupplierPayout): Long = retry.executeSuspendFunction {
        val body = mapOf(
            "targetAccount" to payout.recipientId,
            "quoteUuid" to payout.quoteId,
            "customerTransactionId" to UUID.randomUUID(),
            "details" to mapOf("reference" to payout.reference),
        )
        client.post()
            .uri("/v1/transfers")
            .bodyValue(body)
            .retrieve()
            .bodyToMono<WiseTransfer>()
            .timeout(Duration.ofSeconds(20))
            .awaitSingle()
            .id
    }
}
