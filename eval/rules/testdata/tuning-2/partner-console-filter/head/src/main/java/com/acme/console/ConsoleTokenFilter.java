package com.acme.console;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.DecodedJWT;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

public class ConsoleTokenFilter extends OncePerRequestFilter {

    private final ConsoleProperties properties;

    public ConsoleTokenFilter(ConsoleProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            chain.doFilter(request, response);
            return;
        }

        DecodedJWT token;
        try {
            token = JWT.decode(header.substring(7));
        } catch (JWTDecodeException e) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        if (!properties.issuer().equals(token.getIssuer())
                || token.getAudience() == null || !token.getAudience().contains(properties.audience())
                || token.getExpiresAtAsInstant() == null || token.getExpiresAtAsInstant().isBefore(Instant.now())) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }

        var roles = token.getClaim("https://acme.example/roles").asList(String.class);
        var authorities = roles == null ? List.<SimpleGrantedAuthority>of()
                : roles.stream().map(r -> new SimpleGrantedAuthority("ROLE_" + r)).toList();
        SecurityContextHolder.getContext().setAuthentication(
                new UsernamePasswordAuthenticationToken(token.getSubject(), null, authorities));
        chain.doFilter(request, response);
    }
}
