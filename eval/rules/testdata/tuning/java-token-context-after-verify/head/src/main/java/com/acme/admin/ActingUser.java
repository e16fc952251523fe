package com.acme.admin;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Name shown in the audit trail; runs behind the resource server filter chain. */
final class ActingUser {

    private ActingUser() {}

    static String displayName() {
        Authentication auth = SecurityContextHolder.getContext().getAuthentication();
        if (!(auth instanceof JwtAuthenticationToken token)) {
            throw new IllegalStateException("no authenticated user");
        }
        DecodedJWT jwt = JWT.decode(token.getToken().getTokenValue());
        String name = jwt.getClaim("name").asString();
        return name == null || name.isBlank() ? token.getName() : name;
    }
}
