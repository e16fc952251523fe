package com.talentgrid.ats;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Checks the Signature header of Greenhouse web hooks ("sha256 0f3a..."). */
@Component
public class GreenhouseSignature {

    private static final String PREFIX = "sha256 ";

    private final SecretKeySpec key;

    public GreenhouseSignature(@Value("${greenhouse.webhook-secret}") String secret) {
        if (secret.isBlank()) {
            throw new IllegalStateException("greenhouse.webhook-secret is empty");
        }
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    public boolean matches(byte[] rawBody, String header) {
        if (header == null || !header.startsWith(PREFIX)) {
            return false;
        }
        String given = header.substring(PREFIX.length());
        return hex(rawBody).equals(given);
    }

    private String hex(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 unavailable", e);
        }
    }
}
