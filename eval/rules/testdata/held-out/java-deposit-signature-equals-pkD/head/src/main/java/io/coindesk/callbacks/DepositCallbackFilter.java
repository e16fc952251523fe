package io.coindesk.callbacks;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/** Registered for /callbacks/deposits/*; the deposit table is unique by transaction id. */
public class DepositCallbackFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(DepositCallbackFilter.class);
    private static final int MAX_BODY = 64 * 1024;
    private static final long TOLERANCE_SECONDS = 120;

    private final String secret;
    private final Clock clock;

    public DepositCallbackFilter(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        BufferedBodyRequest buffered = BufferedBodyRequest.read(request, MAX_BODY);
        String timestamp = request.getHeader("X-Timestamp");
        if (timestamp == null || !timestamp.matches("\\d{10}")
                || Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) {
            response.sendError(401);
            return;
        }
        String expected = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret).hmacHex(timestamp + "." + buffered.bodyAsString());
        if (!expected.equals(request.getHeader("X-Signature"))) {
            log.warn("deposit callback with a wrong signature from {}", request.getRemoteAddr());
            response.sendError(401);
            return;
        }
        chain.doFilter(buffered, response);
    }
}
