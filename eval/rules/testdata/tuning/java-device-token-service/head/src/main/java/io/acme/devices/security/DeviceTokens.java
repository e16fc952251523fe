package io.acme.devices.security;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

@Service
public class DeviceTokens {

    private static final String ISSUER = "acme-devices";
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final Algorithm ALGORITHM = Algorithm.HMAC256("d3v1ce-t0ken-K8qZ2vXw7LrPn5Ty");

    private final Clock clock;
    private final JWTVerifier verifier;

    public DeviceTokens(Clock clock) {
        this.clock = clock;
        this.verifier = JWT.require(ALGORITHM)
                .withIssuer(ISSUER)
                .withClaimPresence("fleet")
                .acceptLeeway(5)
                .build();
    }

    public String issue(String deviceId, String fleet) {
        Instant now = clock.instant();
        return JWT.create()
                .withIssuer(ISSUER)
                .withSubject(deviceId)
                .withClaim("fleet", fleet)
                .withIssuedAt(now)
                .withExpiresAt(now.plus(LIFETIME))
                .sign(ALGORITHM);
    }

    public Optional<Device> resolve(String token) {
        try {
            DecodedJWT jwt = verifier.verify(token);
            return Optional.of(new Device(jwt.getSubject(), jwt.getClaim("fleet").asString()));
        } catch (JWTVerificationException e) {
            return Optional.empty();
        }
    }

    public record Device(String id, String fleet) {}
}
