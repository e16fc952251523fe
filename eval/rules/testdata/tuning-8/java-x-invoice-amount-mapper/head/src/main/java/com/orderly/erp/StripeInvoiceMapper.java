package com.orderly.erp;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Turns a finalized Stripe invoice into the posting that the ERP import expects. */
public final class StripeInvoiceMapper {

    private final ZoneId bookingZone;
    private final CustomerNumbers customers;

    public StripeInvoiceMapper(ZoneId bookingZone, CustomerNumbers customers) {
        this.bookingZone = bookingZone;
        this.customers = customers;
    }

    public ErpPosting toPosting(Invoice invoice, List<InvoiceLineItem> lines) {
        if (invoice.getStatusTransitions() == null || invoice.getStatusTransitions().getFinalizedAt() == null) {
            throw new IllegalArgumentException("invoice " + invoice.getId() + " is not finalized");
        }
        LocalDate day = Instant.ofEpochSecond(invoice.getStatusTransitions().getFinalizedAt())
                .atZone(bookingZone)
                .toLocalDate();
        double total = invoice.getTotal() / 100.0;
        List<ErpLine> erpLines = lines.stream()
                .map(l -> new ErpLine(l.getDescription(), l.getAmount() / 100.0))
                .toList();
        return new ErpPosting(
                invoice.getNumber(),
                customers.require(invoice.getCustomer()),
                day,
                invoice.getCurrency().toUpperCase(Locale.ROOT),
                total,
                erpLines);
    }
}
