package com.acme.console;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.RSAKeyProvider;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.List;

public class ConsoleTokenFilter extends OncePerRequestFilter {

    private final JWTVerifier verifier;

    public ConsoleTokenFilter(ConsoleProperties properties, RSAKeyProvider keys) {
        this.verifier = JWT.require(Algorithm.RSA256(keys))
                .withIssuer(properties.issuer())
                .withAudience(properties.audience())
                .acceptLeeway(5)
                .build();
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
            token = verifier.verify(header.substring(7));
        } catch (JWTVerificationException e) {
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
