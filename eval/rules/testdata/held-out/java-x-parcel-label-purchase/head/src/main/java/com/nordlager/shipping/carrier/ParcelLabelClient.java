package com.nordlager.shipping.carrier;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

@Component
public class ParcelLabelClient {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper;
    private final URI ordersUri;
    private final String apiKey;

    public ParcelLabelClient(ObjectMapper mapper,
                             @Value("${dhl.base-url}") String baseUrl,
                             @Value("${dhl.api-key}") String apiKey) {
        this.mapper = mapper;
        this.ordersUri = URI.create(baseUrl + "/parcel/de/shipping/v2/orders?validate=false");
        this.apiKey = apiKey;
    }

    public Label purchase(ShipmentOrder order) throws CarrierException {
        try {
            HttpRequest request = HttpRequest.newBuilder(ordersUri)
                    .header("dhl-api-key", apiKey)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(mapper.writeValueAsBytes(order)))
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new CarrierException("label refused for " + order.refNo() + ": HTTP " + response.statusCode());
            }
            LabelResponse body = mapper.readValue(response.body(), LabelResponse.class);
            if (body.items() == null || body.items().isEmpty()) {
                throw new CarrierException("no label in answer for " + order.refNo());
            }
            return body.items().get(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CarrierException("interrupted", e);
        } catch (IOException e) {
            throw new CarrierException("label call failed for " + order.refNo(), e);
        }
    }
}
