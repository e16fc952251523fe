package com.ledgerly.payouts

import com.stripe.StripeClient
import com.stripe.exception.StripeException
import com.stripe.model.BalanceTransaction
import com.stripe.param.BalanceTransactionListParams
import org.slf4j.LoggerFactory
import org.springframework.stereotype.Component
import java.time.Instant

@Component
class PayoutExport(private val stripe: StripeClient, private val ledger: LedgerWriter) {

    private val log = LoggerFactory.getLogger(javaClass)

    /** Lines are upserted by their transaction id; a run that failed can be started again. */
    fun export(payoutId: String): Int {
        val params = BalanceTransactionListParams.builder()
            .setPayout(payoutId)
            .setLimit(100L)
            .build()

        var lines = 0
        try {
            for (transaction in stripe.balanceTransactions().list(params).autoPagingIterable()) {
                ledger.upsert(transaction.toLine(payoutId))
                lines++
            }
        } catch (e: StripeException) {
            throw PayoutExportFailed(payoutId, lines, e)
        }
        log.info("payout {}: {} lines", payoutId, lines)
        return lines
    }

    private fun BalanceTransaction.toLine(payoutId: String) = LedgerLine(
        id = id,
        payout = payoutId,
        type = type,
        netMinorUnits = net,
        feeMinorUnits = fee,
        currency = currency.uppercase(),
        availableOn = Instant.ofEpochSecond(availableOn),
    )
}
