package com.acme.pay;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

@Configuration
class HookSecurityConfiguration {

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> payoutHookFilter(@Value("${payouts.hook-secret}") String secret) {
        FilterRegistrationBean<OncePerRequestFilter> bean = new FilterRegistrationBean<>(new SignatureFilter(secret));
        bean.addUrlPatterns("/hooks/payouts/*");
        return bean;
    }

    static final class SignatureFilter extends OncePerRequestFilter {
        private final SecretKeySpec key;

        SignatureFilter(String secret) {
            this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        }

        @Override
        protected void doFilterInternal(HttpServletRequest req, HttpServletResponse res, FilterChain chain)
                throws ServletException, IOException {
            ReplayableRequest request = ReplayableRequest.read(req, 256 * 1024);
            String given = req.getHeader("X-Payout-Signature");
            if (given == null || !MessageDigest.isEqual(
                    digest(request.body()), given.getBytes(StandardCharsets.US_ASCII))) {
                res.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                return;
            }
            chain.doFilter(request, res);
        }

        private byte[] digest(byte[] body) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return HexFormat.of().formatHex(mac.doFinal(body)).getBytes(StandardCharsets.US_ASCII);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
