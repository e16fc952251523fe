package com.acme.wallet.web;

import com.acme.wallet.domain.WalletService;
import com.acme.wallet.inbox.InboxRepository;
import com.acme.wallet.security.SignedWebhook;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signature and timestamp are checked by the SignedWebhook filter. */
@RestController
@RequestMapping("/webhooks/topup")
@SignedWebhook("topup")
public class TopUpWebhookController {

    private static final Logger log = LoggerFactory.getLogger(TopUpWebhookController.class);

    private final InboxRepository inbox;
    private final WalletService wallets;
    private final TransactionTemplate tx;

    public TopUpWebhookController(InboxRepository inbox, WalletService wallets, TransactionTemplate tx) {
        this.inbox = inbox;
        this.wallets = wallets;
        this.tx = tx;
    }

    @PostMapping
    @SuppressWarnings("unchecked")
    public ResponseEntity<Void> receive(@RequestBody Map<String, Object> body) {
        String eventId = (String) body.get("id");
        Map<String, Object> data = (Map<String, Object>) body.get("data");
        long walletId = ((Number) data.get("wallet_id")).longValue();
        long amount = ((Number) data.get("amount")).longValue();
        String currency = (String) data.get("currency");

        tx.executeWithoutResult(status -> {
            if (!inbox.insertIfAbsent("topup", eventId)) {
                return;
            }
            wallets.credit(walletId, amount, currency);
            log.info("wallet {} credited by event {}", walletId, eventId);
        });
        return ResponseEntity.noContent().build();
    }
}
