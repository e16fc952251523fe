package com.atlasgear.checkout;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
public class PaymentIntentFactory {

    private static final Set<String> CURRENCIES = Set.of("EUR", "USD", "GBP", "JPY", "KRW", "KWD");

    private final StripeClient stripe;

    public PaymentIntentFactory(StripeClient stripe) {
        this.stripe = stripe;
    }

    public PaymentIntent create(Order order) {
        if (!CURRENCIES.contains(order.currency())) {
            throw new UnsupportedCurrencyException(order.currency());
        }

        PaymentIntentCreateParams params = PaymentIntentCreateParams.builder()
                .setAmount(toMinorUnits(order.total()))
                .setCurrency(order.currency().toLowerCase(Locale.ROOT))
                .setCustomer(order.stripeCustomerId())
                .putMetadata("order", order.number())
                .build();
        RequestOptions options = RequestOptions.builder()
                .setIdempotencyKey("order-" + order.number() + "-v" + order.version())
                .build();

        try {
            return stripe.paymentIntents().create(params, options);
        } catch (StripeException e) {
            throw new PaymentFailedException(order.number(), e.getCode(), e);
        }
    }

    private static long toMinorUnits(BigDecimal total) {
        return total.movePointRight(2).longValueExact();
    }
}
