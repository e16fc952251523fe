package io.northpantry.payments.xendit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Xendit does not sign its callbacks; it sends the account's verification token in a header. */
@Component
class CallbackTokenFilter extends OncePerRequestFilter {

    private static final String HEADER = "x-callback-token";

    private final List<byte[]> tokens;

    CallbackTokenFilter(XenditProperties properties) {
        this.tokens = properties.callbackTokens().stream()
                .filter(t -> !t.isBlank())
                .map(t -> t.getBytes(StandardCharsets.UTF_8))
                .toList();
        if (tokens.isEmpty()) {
            throw new IllegalStateException("xendit.callback-tokens is empty");
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith("/callbacks/xendit");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader(HEADER);
        var given = header == null ? new byte[0] : header.getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (var token : tokens) {
            known |= MessageDigest.isEqual(token, given);
        }
        if (!known) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        chain.doFilter(request, response);
    }
}
