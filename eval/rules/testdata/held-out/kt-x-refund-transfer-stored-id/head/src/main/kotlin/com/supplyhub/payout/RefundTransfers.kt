package com.supplyhub.payout

import java.time.Duration
import java.util.UUID
import kotlinx.coroutines.reactor.awaitSingle
import org.springframework.stereotype.Service
import org.springframework.web.reactive.function.client.WebClient
import org.springframework.web.reactive.function.client.WebClientRequestException
import org.springframework.web.reactive.function.client.bodyToMono
import reactor.util.retry.Retry

@Service
class RefundTransfers(builder: WebClient.Builder, props: WiseProperties, private val refunds: RefundRepository) {

    private val client = builder
        .baseUrl(props.baseUrl)
        .defaultHeaders { it.setBearerAuth(props.token) }
        .build()

    suspend fun send(refundId: Long) {
        val refund = refunds.get(refundId)
        if (refund.transferId != null) return
        val key = refund.transactionKey ?: refunds.assignTransactionKey(refundId, UUID.randomUUID())

        val transfer = client.post()
            .uri("/v1/transfers")
            .bodyValue(
                CreateTransfer(
                    targetAccount = refund.recipientId,
                    quoteUuid = refund.quoteId,
                    customerTransactionId = key,
                    details = TransferDetails(reference = refund.reference),
                ),
            )
            .retrieve()
            .bodyToMono<WiseTransfer>()
            .timeout(Duration.ofSeconds(15))
            .retryWhen(
                Retry.backoff(2, Duration.ofSeconds(1)).jitter(0.5)
                    .filter { it is WebClientRequestException },
            )
            .awaitSingle()

        refunds.markTransferred(refundId, transfer.id)
    }
}
