package com.acme.shop.payment;

import com.acme.shop.OrderPayments;
import com.acme.shop.OrderPayments.PendingCharge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class ChargeRelay {

    private static final Logger log = LoggerFactory.getLogger(ChargeRelay.class);

    private final OrderPayments payments;
    private final PaymentGateway gateway;

    ChargeRelay(OrderPayments payments, PaymentGateway gateway) {
        this.payments = payments;
        this.gateway = gateway;
    }

    @Scheduled(fixedDelayString = "${payments.relay-delay:PT5S}")
    void run() {
        for (PendingCharge pending : payments.claimDue(20)) {
            try {
                // the order id is Braintree's orderId; duplicates are rejected and reported as already charged
                ChargeResult result = gateway.charge(pending.orderId().toString(), pending.amount(), pending.token());
                payments.settle(pending, result);
            } catch (GatewayUnavailableException e) {
                log.warn("charge of order {} postponed", pending.orderId(), e);
                payments.postpone(pending);
            }
        }
    }
}
