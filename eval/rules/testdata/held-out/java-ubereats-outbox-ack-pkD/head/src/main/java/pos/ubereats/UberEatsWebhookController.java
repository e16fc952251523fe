package pos.ubereats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class UberEatsWebhookController {

    private final JdbcClient jdbc;
    private final ObjectMapper mapper;
    private final SecretKeySpec key;

    public UberEatsWebhookController(JdbcClient jdbc, ObjectMapper mapper, @Value("${ubereats.signing-key}") String key) {
        this.jdbc = jdbc;
        this.mapper = mapper;
        this.key = new SecretKeySpec(key.getBytes(), "HmacSHA256");
    }

    @PostMapping("/webhooks/uber-eats")
    public ResponseEntity<Void> receive(@RequestHeader("X-Uber-Signature") String signature, @RequestBody byte[] body)
            throws GeneralSecurityException, IOException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        String expected = HexFormat.of().formatHex(mac.doFinal(body));
        if (!MessageDigest.isEqual(expected.getBytes(), signature.getBytes())) {
            return ResponseEntity.status(401).build();
        }
        JsonNode event;
        try {
            event = mapper.readTree(body);
        } catch (JsonProcessingException e) {
            return ResponseEntity.badRequest().build();
        }
        String id = event.path("event_id").asText();
        if (id.isEmpty()) {
            return ResponseEntity.badRequest().build();
        }
        jdbc.sql("INSERT INTO inbound_events (source, external_id, body) VALUES ('uber_eats', :id, :body::jsonb) ON CONFLICT DO NOTHING")
                .param("id", id)
                .param("body", event.toString())
                .update();
        return ResponseEntity.ok().build();
    }
}
