package com.lumaflix.mollie;

import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class MollieWebhookController {

    private static final Logger log = LoggerFactory.getLogger(MollieWebhookController.class);
    private static final Pattern PAYMENT_ID = Pattern.compile("tr_[A-Za-z0-9]{6,32}");

    private final MollieApi mollie;
    private final InvoiceSettlement settlement;

    public MollieWebhookController(MollieApi mollie, InvoiceSettlement settlement) {
        this.mollie = mollie;
        this.settlement = settlement;
    }

    /** Mollie posts the id only. The state comes from the API, with our key. */
    @PostMapping(path = "/hooks/mollie", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    public ResponseEntity<Void> paymentChanged(@RequestParam("id") String id) {
        if (!PAYMENT_ID.matcher(id).matches()) {
            return ResponseEntity.badRequest().build();
        }
        MolliePayment payment = mollie.getPayment(id).orElse(null);
        if (payment == null) {
            log.info("mollie webhook for unknown payment");
            return ResponseEntity.ok().build();
        }
        settlement.setPaymentState(payment.metadata().invoiceNumber(), payment.id(), payment.status());
        return ResponseEntity.ok().build();
    }
}
