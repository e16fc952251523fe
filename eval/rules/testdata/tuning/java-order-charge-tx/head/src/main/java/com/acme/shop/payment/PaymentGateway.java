package com.acme.shop.payment;

import java.math.BigDecimal;

public interface PaymentGateway {

    /** Calls the card processor; {@code key} is sent as order id and rejected when repeated. */
    ChargeResult charge(String key, BigDecimal amount, String nonce);
}
