package com.medora.member;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.security.PublicKey;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the tokens that the insurer's card service puts into the QR code. */
public final class MemberCardTokens {

    private static final Logger log = LoggerFactory.getLogger(MemberCardTokens.class);

    private final JwtParser parser;

    public MemberCardTokens(PublicKey cardServiceKey) {
        this.parser = Jwts.parser()
            .verifyWith(cardServiceKey)
            .requireIssuer("https://cards.medora.health")
            .requireAudience("pharmacy-pos")
            .clockSkewSeconds(30)
            .build();
    }

    public Optional<MemberCard> read(String token) {
        try {
            Claims claims = parser.parseSignedClaims(token).getPayload();
            String plan = claims.get("plan", String.class);
            if (claims.getSubject() == null || plan == null || claims.getExpiration() == null) {
                return Optional.empty();
            }
            return Optional.of(new MemberCard(claims.getSubject(), plan, claims.getExpiration().toInstant()));
        } catch (JwtException | IllegalArgumentException e) {
            log.info("member card rejected: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
