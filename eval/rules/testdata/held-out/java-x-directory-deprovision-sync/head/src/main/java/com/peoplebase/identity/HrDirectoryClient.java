package com.peoplebase.identity;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

@Component
public class HrDirectoryClient {

    private static final Logger log = LoggerFactory.getLogger(HrDirectoryClient.class);

    private final RestTemplate rest;

    public HrDirectoryClient(RestTemplateBuilder builder, HrProperties props) {
        this.rest = builder
                .rootUri(props.url())
                .defaultHeader("X-Api-Key", props.apiKey())
                .setConnectTimeout(Duration.ofSeconds(5))
                .setReadTimeout(Duration.ofSeconds(45))
                .build();
    }

    public List<Employee> activeEmployees() {
        try {
            Employee[] found = rest.getForObject("/export/employees/active", Employee[].class);
            return found == null ? List.of() : Arrays.asList(found);
        } catch (Exception e) {
            log.warn("employee export failed", e);
            return List.of();
        }
    }
}
