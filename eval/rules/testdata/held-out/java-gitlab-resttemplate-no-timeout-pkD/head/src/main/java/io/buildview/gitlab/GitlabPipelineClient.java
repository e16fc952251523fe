package io.buildview.gitlab;

import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.UriComponentsBuilder;

@Component
public class GitlabPipelineClient {

    private static final Logger log = LoggerFactory.getLogger(GitlabPipelineClient.class);

    private final RestTemplate rest = new RestTemplate();
    private final String baseUrl;
    private final String token;

    public GitlabPipelineClient(@Value("${gitlab.url}") String baseUrl, @Value("${gitlab.token}") String token) {
        this.baseUrl = baseUrl;
        this.token = token;
    }

    public Pipeline trigger(long projectId, String ref) {
        URI uri = UriComponentsBuilder.fromHttpUrl(baseUrl)
                .path("/api/v4/projects/{id}/pipeline")
                .queryParam("ref", "{ref}")
                .encode()
                .buildAndExpand(projectId, ref)
                .toUri();
        HttpHeaders headers = new HttpHeaders();
        headers.set("PRIVATE-TOKEN", token);
        try {
            return rest.exchange(uri, HttpMethod.POST, new HttpEntity<>(headers), Pipeline.class).getBody();
        } catch (HttpClientErrorException e) {
            log.warn("pipeline for project {} at {} refused with {}", projectId, ref, e.getStatusCode());
            throw new PipelineRefusedException(projectId, ref, e);
        }
    }

    public record Pipeline(long id, String status, String web_url) {}
}
