package io.acme.portal.security;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.io.Decoders;
import io.jsonwebtoken.security.Keys;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Service;

@Service
public class SessionTokens {

    private static final String ISSUER = "https://portal.acme.io";
    private static final Duration LIFETIME = Duration.ofMinutes(20);

    private final SecretKey key;
    private final Clock clock;
    private final JwtParser parser;

    public SessionTokens(PortalProperties properties, Clock clock) {
        this.key = Keys.hmacShaKeyFor(Decoders.BASE64.decode(properties.sessionKey()));
        this.clock = clock;
        this.parser = Jwts.parser()
                .verifyWith(key)
                .requireIssuer(ISSUER)
                .requireAudience("portal")
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(10)
                .build();
    }

    public String issue(UUID userId, UUID tenantId) {
        var now = clock.instant();
        return Jwts.builder()
                .issuer(ISSUER)
                .audience().add("portal").and()
                .subject(userId.toString())
                .claim("tenant", tenantId.toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(LIFETIME)))
                .signWith(key, Jwts.SIG.HS256)
                .compact();
    }

    public Optional<PortalUser> resolve(String token) {
        try {
            Claims claims = parser.parseSignedClaims(token).getPayload();
            return Optional.of(new PortalUser(
                    UUID.fromString(claims.getSubject()),
                    UUID.fromString(claims.get("tenant", String.class))));
        } catch (JwtException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
