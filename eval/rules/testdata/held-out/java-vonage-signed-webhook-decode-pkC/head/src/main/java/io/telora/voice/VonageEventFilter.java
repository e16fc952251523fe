package io.telora.voice;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.DecodedJWT;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.springframework.web.filter.OncePerRequestFilter;

public class VonageEventFilter extends OncePerRequestFilter {

    private final VonageProperties vonage;

    public VonageEventFilter(VonageProperties vonage) {
        this.vonage = vonage;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            response.sendError(401);
            return;
        }
        try {
            DecodedJWT token = JWT.decode(header.substring("Bearer ".length()));
            boolean fresh = token.getIssuedAtAsInstant() != null
                && token.getIssuedAtAsInstant().isAfter(Instant.now().minusSeconds(300));
            if (!fresh || !vonage.applicationId().equals(token.getClaim("application_id").asString())) {
                response.sendError(401);
                return;
            }
        } catch (JWTDecodeException e) {
            response.sendError(401);
            return;
        }
        chain.doFilter(request, response);
    }
}
