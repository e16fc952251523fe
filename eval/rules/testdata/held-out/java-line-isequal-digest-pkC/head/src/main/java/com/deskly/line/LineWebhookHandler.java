package com.deskly.line;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mounted behind BodyHandler.create().setBodyLimit(1 MiB). */
public final class LineWebhookHandler {

    private static final Logger log = LoggerFactory.getLogger(LineWebhookHandler.class);

    private final byte[] channelSecret;
    private final LineEventOutbox outbox;

    public LineWebhookHandler(String channelSecret, LineEventOutbox outbox) {
        this.channelSecret = channelSecret.getBytes(StandardCharsets.UTF_8);
        this.outbox = outbox;
    }

    public void handle(RoutingContext context) {
        Buffer body = context.body().buffer();
        String given = context.request().getHeader("x-line-signature");
        if (body == null || given == null || !same(given, digest(body.getBytes()))) {
            context.response().setStatusCode(401).end();
            return;
        }
        outbox.saveUnseen(body)
            .onSuccess(count -> context.response().setStatusCode(200).end())
            .onFailure(error -> {
                log.error("line events not stored", error);
                context.response().setStatusCode(500).end();
            });
    }

    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private String digest(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(channelSecret, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
