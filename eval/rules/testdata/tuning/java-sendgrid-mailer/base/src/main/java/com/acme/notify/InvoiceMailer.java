package com.acme.notify;

import com.sendgrid.Method;
import com.sendgrid.Request;
import com.sendgrid.Response;
import com.sendgrid.SendGrid;
import com.sendgrid.helpers.mail.Mail;
import com.sendgrid.helpers.mail.objects.Content;
import com.sendgrid.helpers.mail.objects.Email;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;


@Service
public class InvoiceMailer {

    private static final Logger log = LoggerFactory.getLogger(InvoiceMailer.class);
    private static final Email FROM = new Email("billing@acme.example", "Acme Billing");

    private final SendGrid sendGrid;

    public InvoiceMailer(@Value("${sendgrid.api-key}") String apiKey) {
        this.sendGrid = new SendGrid(apiKey);
    }

    public void send(Invoice invoice) throws IOException {
        Mail mail = new Mail(
                FROM,
                "Invoice " + invoice.number(),
                new Email(invoice.recipient()),
                new Content("text/plain", invoice.summary()));

        Request request = new Request();
        request.setMethod(Method.POST);
        request.setEndpoint("mail/send");
        request.setBody(mail.build());

        Response response = sendGrid.api(request);
        if (response.getStatusCode() != 202) {
            throw new MailRejectedException(invoice.number(), response.getStatusCode());
        }
        log.info("invoice {} handed to sendgrid", invoice.number());
    }
}
