package com.deskly.helpscout;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.web.filter.OncePerRequestFilter;

/** Registered for /hooks/helpscout/* in WebhookFilterConfig; wraps the body so that it can be read twice. */
public class HelpScoutSignatureFilter extends OncePerRequestFilter {

    private static final int MAX_BODY = 256 * 1024;

    private final SecretKeySpec key;

    public HelpScoutSignatureFilter(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA1");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        if (!genuine(request.getHeader("X-HelpScout-Signature"), body)) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        chain.doFilter(new CachedBodyRequest(request, body), response);
    }

    private boolean genuine(String header, byte[] body) {
        if (header == null) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return MessageDigest.isEqual(mac.doFinal(body), Base64.getDecoder().decode(header));
        } catch (IllegalArgumentException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
