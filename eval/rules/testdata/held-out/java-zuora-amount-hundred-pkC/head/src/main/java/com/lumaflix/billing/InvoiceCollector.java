package com.lumaflix.billing;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Service;

@Service
public class InvoiceCollector {

    private static final Set<String> CURRENCIES = Set.of("EUR", "USD", "JPY", "KRW", "KWD");

    private final StripeClient stripe;

    public InvoiceCollector(StripeClient stripe) {
        this.stripe = stripe;
    }

    public String collect(ZuoraInvoice invoice, String customer, String paymentMethod) throws StripeException {
        if (!CURRENCIES.contains(invoice.currency())) {
            throw new UnsupportedCurrency(invoice.currency());
        }
        long amount = invoice.balance()
            .multiply(BigDecimal.valueOf(100))
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
        PaymentIntent intent = stripe.paymentIntents().create(
            PaymentIntentCreateParams.builder()
                .setAmount(amount)
                .setCurrency(invoice.currency().toLowerCase(Locale.ROOT))
                .setCustomer(customer)
                .setPaymentMethod(paymentMethod)
                .setOffSession(true)
                .setConfirm(true)
                .putMetadata("zuora_invoice", invoice.number())
                .build(),
            RequestOptions.builder().setIdempotencyKey("zuora-" + invoice.number()).build());
        return intent.getId();
    }
}
