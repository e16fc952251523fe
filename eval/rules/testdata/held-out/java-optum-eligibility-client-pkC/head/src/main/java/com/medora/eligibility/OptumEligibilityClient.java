package com.medora.eligibility;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

public final class OptumEligibilityClient {

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper mapper;
    private final URI endpoint;
    private final OptumTokenProvider tokens;

    public OptumEligibilityClient(ObjectMapper mapper, URI endpoint, OptumTokenProvider tokens) {
        this.mapper = mapper;
        this.endpoint = endpoint;
        this.tokens = tokens;
    }

    public Eligibility check(EligibilityInquiry inquiry) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/medicalnetwork/eligibility/v3"))
            .header("Authorization", "Bearer " + tokens.current())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(inquiry)))
            .build();

        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() == 404) {
            return Eligibility.unknownMember(inquiry.memberId());
        }
        if (response.statusCode() != 200) {
            throw new EligibilityException("eligibility answered " + response.statusCode());
        }
        return mapper.readValue(response.body(), EligibilityResponse.class).toEligibility();
    }
}
