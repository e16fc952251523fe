package com.acme.billing.einvoice;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

@Service
public class EInvoiceSender {

    private static final Logger log = LoggerFactory.getLogger(EInvoiceSender.class);

    /** Built in EInvoiceConfig with connect timeout 3 s and read timeout 20 s. */
    private final RestClient accessPoint;
    private final UblWriter ubl;

    public EInvoiceSender(RestClient accessPoint, UblWriter ubl) {
        this.accessPoint = accessPoint;
        this.ubl = ubl;
    }

    public String send(Invoice invoice) {
        log.info("sending invoice {} to {}", invoice.number(), invoice.recipient().peppolId());
        Receipt receipt = accessPoint
                .put()
                .uri("/documents/{id}", invoice.documentId())
                .header("Content-Type", "application/xml")
                .body(ubl.write(invoice))
                .retrieve()
                .body(Receipt.class);
        if (receipt == null || receipt.transmissionId() == null) {
            throw new EInvoiceException("access point sent no receipt for " + invoice.number());
        }
        return receipt.transmissionId();
    }

    record Receipt(String transmissionId) {}
}
