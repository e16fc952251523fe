package io.northpantry.invoice;

import io.northpantry.mail.MailException;
import io.northpantry.mail.MailGateway;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

@Component
class InvoiceMailer {

    private static final Logger log = LoggerFactory.getLogger(InvoiceMailer.class);

    private final InvoiceRepository invoices;
    private final MailGateway mail;

    InvoiceMailer(InvoiceRepository invoices, MailGateway mail) {
        this.invoices = invoices;
        this.mail = mail;
    }

    @Async("mailExecutor")
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    public void onIssued(InvoiceIssued event) {
        send(event.invoiceId());
    }

    /** Catches what the fast path missed: a restart, a full executor, an outage of the mail provider. */
    @Scheduled(fixedDelayString = "PT5M")
    void sendMissed() {
        invoices.findUnmailedOlderThan(Duration.ofMinutes(10), 100).forEach(this::send);
    }

    private void send(UUID invoiceId) {
        // UPDATE ... SET mail_claimed_at = now() WHERE mailed_at IS NULL AND claim older than five minutes
        if (!invoices.claimForMail(invoiceId)) {
            return;
        }
        try {
            mail.send(invoices.mailFor(invoiceId));
            invoices.markMailed(invoiceId);
        } catch (MailException e) {
            log.warn("invoice {} not mailed, left for the next run", invoiceId, e);
        }
    }
}
