package com.acme.market

import com.acme.workflow.Step
import com.acme.workflow.StepContext
import com.acme.workflow.StepResult
import com.stripe.StripeClient
import com.stripe.exception.ApiConnectionException
import com.stripe.exception.ApiException
import com.stripe.exception.RateLimitException
import com.stripe.net.RequestOptions

import com.stripe.param.TransferCreateParams
import org.slf4j.LoggerFactory
import org.springframework.stereotype.Component

/** Step of the settlement workflow; the engine repeats it with backoff when it asks for a retry. */
@Component
class SellerTransferStep(
    private val stripe: StripeClient,
    private val settlements: SettlementRepository,
) : Step {
    private val log = LoggerFactory.getLogger(javaClass)

    override val name = "seller-transfer"

    override fun execute(context: StepContext): StepResult {
        val settlement = settlements.get(context.settlementId)
        val params = TransferCreateParams.builder()
            .setAmount(settlement.netMinor)
            .setCurrency(settlement.currency.lowercase())
            .setDestination(settlement.sellerAccount)
            .setTransferGroup(settlement.orderId)
            .build()

        val options = RequestOptions.builder()
            .setIdempotencyKey("settlement-${settlement.id}")
            .build()

        val transfer = try {
            stripe.transfers().create(params, options)
        } catch (e: ApiConnectionException) {
            return StepResult.retry(e)
        } catch (e: RateLimitException) {
            return StepResult.retry(e)
        } catch (e: ApiException) {
            return StepResult.retry(e)
        }

        settlements.recordTransfer(settlement.id, transfer.id)
        log.info("settlement {} transferred as {}", settlement.id, transfer.id)
        return StepResult.done()
    }
}
