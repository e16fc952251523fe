package io.northpantry.invoice;

import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class InvoiceService {

    private final InvoiceRepository invoices;
    private final ApplicationEventPublisher events;

    public InvoiceService(InvoiceRepository invoices, ApplicationEventPublisher events) {
        this.invoices = invoices;
        this.events = events;
    }

    @Transactional
    public UUID issue(InvoiceDraft draft) {
        var invoice = invoices.save(Invoice.from(draft));
        events.publishEvent(new InvoiceIssued(invoice.id()));
        return invoice.id();
    }
}
