package io.northpantry.payments.xendit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Xendit does not sign its callbacks; it sends the account's verification token in a header. */
@Component
class CallbackTokenFilter extends OncePerRequestFilter {

    private static final String HEADER = "x-callback-token";

    private final byte[] token;

    CallbackTokenFilter(XenditProperties properties) {
        if (properties.callbackToken().isBlank()) {
            throw new IllegalStateException("xendit.callback-token is empty");
        }
        this.token = properties.callbackToken().getBytes(StandardCharsets.UTF_8);
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
        if (!MessageDigest.isEqual(token, given)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        chain.doFilter(request, response);
    }
}
