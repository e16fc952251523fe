package com.lumaflix.billing;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.model.InvoiceItem;
import com.stripe.param.InvoiceItemCreateParams;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Service;

@Service
public class OverageCharger {

    private final StripeClient stripe;
    private final OverageLedger ledger;

    public OverageCharger(StripeClient stripe, OverageLedger ledger) {
        this.stripe = stripe;
        this.ledger = ledger;
    }

    @Retryable(
        retryFor = ApiConnectionException.class,
        maxAttempts = 4,
        backoff = @Backoff(delay = 500, multiplier = 2, random = true))
    public void charge(Overage overage) throws StripeException {
        InvoiceItem item = stripe.invoiceItems().create(
            InvoiceItemCreateParams.builder()
                .setCustomer(overage.customerId())
                .setCurrency(overage.currency())
                .setAmount(overage.minorUnits())
                .setDescription("Data overage " + overage.period())
                .putMetadata("overage_id", overage.id().toString())
                .build());
        ledger.markInvoiced(overage.id(), item.getId());
    }
}
