package com.lumen.refunds;

import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

@Component
public class RefundListener {

    private static final Logger log = LoggerFactory.getLogger(RefundListener.class);

    private final RefundRepository refunds;

    public RefundListener(RefundRepository refunds) {
        this.refunds = refunds;
    }

    // redelivered with backoff and dead-lettered after 5 attempts by refundContainerFactory
    @RabbitListener(queues = "refunds.requested", containerFactory = "refundContainerFactory")
    public void onRequested(RefundRequested message) throws StripeException {
        RefundRecord refund = refunds.require(message.refundId());

        RefundCreateParams params = RefundCreateParams.builder()
                .setPaymentIntent(refund.paymentIntentId())
                .setAmount(refund.amountMinor())
                .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                .putMetadata("refund_id", refund.id().toString())
                .build();
        RequestOptions options = RequestOptions.builder()
                .setIdempotencyKey("refund-" + refund.id())
                .build();
        Refund created = Refund.create(params, options);

        refunds.markSubmitted(refund.id(), created.getId());
        log.info("refund {} submitted as {}", refund.id(), created.getId());
    }
}
