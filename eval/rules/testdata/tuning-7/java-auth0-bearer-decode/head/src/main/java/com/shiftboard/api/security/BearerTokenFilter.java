package com.shiftboard.api.security;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.DecodedJWT;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

@Component
public class BearerTokenFilter extends OncePerRequestFilter {

    private static final String TENANT_CLAIM = "https://shiftboard.example/tenant";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }

        DecodedJWT token;
        try {
            token = JWT.decode(header.substring("Bearer ".length()));
        } catch (JWTDecodeException e) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }

        String tenant = token.getClaim(TENANT_CLAIM).asString();
        Instant expires = token.getExpiresAtAsInstant();
        if (tenant == null || token.getSubject() == null || expires == null || expires.isBefore(Instant.now())) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }

        try (TenantContext ignored = TenantContext.open(tenant, token.getSubject())) {
            chain.doFilter(request, response);
        }
    }
}
