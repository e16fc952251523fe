package com.kreditwerk.callbacks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ZahlwerkCallbackController {

    private static final Logger log = LoggerFactory.getLogger(ZahlwerkCallbackController.class);

    private final SecretKeySpec key;
    private final ObjectMapper json;
    private final PayoutQueue payouts;

    public ZahlwerkCallbackController(ZahlwerkProperties properties, ObjectMapper json, PayoutQueue payouts) {
        this.key = new SecretKeySpec(properties.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.json = json;
        this.payouts = payouts;
    }

    @PostMapping("/callbacks/zahlwerk")
    public ResponseEntity<Void> receive(
            @RequestBody byte[] body,
            @RequestHeader("X-Zahlwerk-Signature") String signature,
            @RequestHeader("X-Zahlwerk-Timestamp") String timestamp) throws IOException, GeneralSecurityException {
        if (!genuine(body, signature, timestamp)) {
            log.warn("zahlwerk callback rejected");
            return ResponseEntity.status(401).build();
        }
        var event = json.readValue(body, PaymentConfirmed.class);
        if (event.paymentId() == null) {
            return ResponseEntity.unprocessableEntity().build();
        }
        payouts.release(event.paymentId(), event.amountMinor());
        return ResponseEntity.accepted().build();
    }

    private boolean genuine(byte[] body, String signature, String timestamp) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
        byte[] expected = mac.doFinal(body);
        try {
            return MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    record PaymentConfirmed(String paymentId, long amountMinor) {}
}
