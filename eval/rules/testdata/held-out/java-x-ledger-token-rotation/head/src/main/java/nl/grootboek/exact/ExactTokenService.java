package nl.grootboek.exact;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestTemplate;

@Service
public class ExactTokenService {

    private final RestTemplate rest;
    private final ExactConnectionRepository connections;
    private final ExactProperties props;
    private final Clock clock;

    public ExactTokenService(RestTemplateBuilder builder, ExactConnectionRepository connections, ExactProperties props, Clock clock) {
        this.rest = builder.setConnectTimeout(Duration.ofSeconds(5)).setReadTimeout(Duration.ofSeconds(15)).build();
        this.connections = connections;
        this.props = props;
        this.clock = clock;
    }

    @Transactional
    public String accessToken(long administrationId) {
        ExactConnection connection = connections.lockByAdministrationId(administrationId);
        Instant now = clock.instant();
        if (connection.getExpiresAt().isAfter(now.plusSeconds(30))) {
            return connection.getAccessToken();
        }
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("grant_type", "refresh_token");
        form.add("refresh_token", connection.getRefreshToken());
        form.add("client_id", props.clientId());
        form.add("client_secret", props.clientSecret());
        TokenAnswer answer = rest.postForObject("https://start.exactonline.nl/api/oauth2/token", form, TokenAnswer.class);
        if (answer == null || answer.accessToken() == null) {
            throw new ExactAuthException("no access token for administration " + administrationId);
        }
        connection.setAccessToken(answer.accessToken());
        connection.setExpiresAt(now.plusSeconds(answer.expiresIn()));
        connections.save(connection);
        return answer.accessToken();
    }
}
