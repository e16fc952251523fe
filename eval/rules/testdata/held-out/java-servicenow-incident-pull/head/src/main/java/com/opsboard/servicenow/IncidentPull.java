package com.opsboard.servicenow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
class IncidentPull {

    private static final Logger log = LoggerFactory.getLogger(IncidentPull.class);
    private static final ParameterizedTypeReference<Map<String, List<Incident>>> TABLE =
            new ParameterizedTypeReference<>() {};

    private final RestClient serviceNow;
    private final IncidentStore store;

    IncidentPull(RestClient.Builder builder, ServiceNowProperties properties, IncidentStore store) {
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(Duration.ofSeconds(5));
        factory.setReadTimeout(Duration.ofSeconds(60));
        this.serviceNow = builder.requestFactory(factory)
                .baseUrl(properties.instanceUrl())
                .defaultHeaders(headers -> headers.setBasicAuth(properties.user(), properties.password()))
                .build();
        this.store = store;
    }

    @Scheduled(fixedDelayString = "PT5M")
    void pull() {
        Map<String, List<Incident>> answer = serviceNow.get()
                .uri("/api/now/table/incident?sysparm_query=active=true&sysparm_limit=1000"
                        + "&sysparm_fields=sys_id,number,short_description,priority")
                .retrieve()
                .body(TABLE);
        if (answer == null || answer.get("result") == null) {
            throw new IllegalStateException("ServiceNow answer without result");
        }

        List<Incident> open = answer.get("result");
        open.forEach(store::upsert);
        Set<String> ids = open.stream().map(Incident::sysId).collect(Collectors.toSet());
        int closed = store.closeAllExcept(ids);
        log.info("{} open incidents, {} closed", open.size(), closed);
    }
}
