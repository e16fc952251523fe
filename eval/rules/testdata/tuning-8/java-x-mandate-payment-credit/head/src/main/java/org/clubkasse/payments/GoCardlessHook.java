package org.clubkasse.payments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.gocardless.Webhook;
import com.gocardless.errors.InvalidSignatureException;
import com.gocardless.resources.Event;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class GoCardlessHook {

    private final String secret;
    private final PaymentRepository payments;
    private final MemberAccounts accounts;

    public GoCardlessHook(@Value("${gocardless.webhook-secret}") String secret, PaymentRepository payments, MemberAccounts accounts) {
        this.secret = secret;
        this.payments = payments;
        this.accounts = accounts;
    }

    @Transactional
    @PostMapping("/hooks/gocardless")
    public ResponseEntity<String> receive(@RequestHeader("Webhook-Signature") String signature, @RequestBody String body) {
        List<Event> events;
        try {
            events = Webhook.parse(body, signature, secret);
        } catch (InvalidSignatureException e) {
            return ResponseEntity.status(498).build();
        }
        for (Event event : events) {
            if (event.getResourceType() == Event.ResourceType.PAYMENTS && "confirmed".equals(event.getAction())) {
                payments.findByProviderId(event.getLinks().getPayment())
                        .ifPresent(p -> accounts.credit(p.memberId(), p.amountCents(), "direct debit"));
            }
        }
        return ResponseEntity.noContent().build();
    }
}
