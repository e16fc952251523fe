package com.northcover.premium

import com.gocardless.GoCardlessClient
import com.gocardless.errors.GoCardlessInternalException
import io.github.resilience4j.core.IntervalFunction
import io.github.resilience4j.kotlin.retry.RetryConfig
import io.github.resilience4j.retry.Retry
import org.slf4j.LoggerFactory
import java.io.IOException

class PremiumCollector(private val gocardless: GoCardlessClient, private val premiums: PremiumRepository) {

    private val log = LoggerFactory.getLogger(javaClass)

    private val retry = Retry.of(
        "gocardless",
        RetryConfig<Any> {
            maxAttempts(3)
            intervalFunction(IntervalFunction.ofExponentialRandomBackoff(800, 2.0))
            retryExceptions(IOException::class.java, GoCardlessInternalException::class.java)
        },
    )

    fun collect(premium: Premium) {
        val payment = retry.executeCallable {
            gocardless.payments().create()
                .withAmount(premium.amountCents)
                .withCurrency("EUR")
                .withChargeDate(premium.dueOn.toString())
                .withReference(premium.policyNumber)
                .withLinksMandate(premium.mandateId)
                .execute()
        }
        premiums.markSubmitted(premium.id, payment.id)
        log.info("premium {} submitted as {}", premium.id, payment.id)
    }
}
