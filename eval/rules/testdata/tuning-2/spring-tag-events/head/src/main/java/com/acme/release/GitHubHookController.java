package com.acme.release;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Body size is limited to 2 MB by BodyLimitFilter, which is registered for /hooks/*. */
@RestController
class GitHubHookController {

    private static final Logger log = LoggerFactory.getLogger(GitHubHookController.class);
    private static final Set<String> EVENTS = Set.of("create", "release");

    private final HmacSha256 hmac;
    private final JdbcClient jdbc;

    GitHubHookController(ReleaseProperties properties, JdbcClient jdbc) {
        this.hmac = new HmacSha256(properties.githubSecret());
        this.jdbc = jdbc;
    }

    @PostMapping("/hooks/github")
    ResponseEntity<Void> receive(@RequestHeader("X-GitHub-Event") String event,
                                 @RequestHeader("X-GitHub-Delivery") String delivery,
                                 @RequestHeader("X-Hub-Signature-256") String signature,
                                 @RequestBody byte[] body) {
        if (!signature.startsWith("sha256=") || !hmac.matches(body, signature.substring(7))) {
            log.warn("signature of a github delivery refused");
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        if (!EVENTS.contains(event)) {
            return ResponseEntity.noContent().build();
        }
        jdbc.sql("INSERT INTO github_delivery (id, event, body) VALUES (:id, :event, :body) ON CONFLICT (id) DO NOTHING")
                .param("id", delivery)
                .param("event", event)
                .param("body", new String(body, StandardCharsets.UTF_8))
                .update();
        return ResponseEntity.accepted().build();
    }
}
