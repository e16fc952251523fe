package com.packhub.shipping.dpd;

import com.packhub.shipping.CarrierException;
import com.packhub.shipping.Label;
import com.packhub.shipping.Parcel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

@Component
public class DpdLabelClient {

    private static final Logger log = LoggerFactory.getLogger(DpdLabelClient.class);

    private final RestTemplate restTemplate = new RestTemplate();
    private final String baseUrl;
    private final String token;

    public DpdLabelClient(@Value("${carriers.dpd.base-url}") String baseUrl,
                          @Value("${carriers.dpd.token}") String token) {
        this.baseUrl = baseUrl;
        this.token = token;
    }

    /** DPD returns the existing label for a reference which it knows. */
    public Label createLabel(Parcel parcel) {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(token);
        headers.setContentType(MediaType.APPLICATION_JSON);

        DpdShipment body = DpdShipment.from(parcel);
        try {
            DpdLabel label = restTemplate.postForObject(
                    baseUrl + "/shipments", new HttpEntity<>(body, headers), DpdLabel.class);
            if (label == null || label.pdf() == null) {
                throw new CarrierException("DPD sent no label for " + parcel.reference());
            }
            return new Label(label.trackingNumber(), label.pdf());
        } catch (RestClientException e) {
            log.warn("DPD label for {} failed", parcel.reference(), e);
            throw new CarrierException("DPD label failed", e);
        }
    }
}
