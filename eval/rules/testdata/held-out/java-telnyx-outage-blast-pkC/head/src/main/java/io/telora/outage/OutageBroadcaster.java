package io.telora.outage;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;

@Component
public class OutageBroadcaster {

    private static final Logger log = LoggerFactory.getLogger(OutageBroadcaster.class);

    private final RestClient telnyx;
    private final SubscriberRepository subscribers;
    private final NoticeRepository notices;

    /** telnyxRestClient: base address, API key and time limits, see TelnyxConfig. */
    public OutageBroadcaster(RestClient telnyxRestClient, SubscriberRepository subscribers, NoticeRepository notices) {
        this.telnyx = telnyxRestClient;
        this.subscribers = subscribers;
        this.notices = notices;
    }

    public void broadcast(Outage outage) {
        List<Subscriber> affected = subscribers.findByRegion(outage.region());
        log.info("outage {}: notifying {} subscribers", outage.id(), affected.size());
        affected.parallelStream().forEach(subscriber -> {
            try {
                telnyx.post()
                    .uri("/v2/messages")
                    .body(Map.of(
                        "from", outage.senderId(), "to", subscriber.msisdn(), "text", outage.text()))
                    .retrieve()
                    .toBodilessEntity();
                notices.markSent(outage.id(), subscriber.id());
            } catch (RestClientResponseException e) {
                notices.markFailed(outage.id(), subscriber.id(), "status " + e.getStatusCode().value());
            } catch (ResourceAccessException e) {
                notices.markFailed(outage.id(), subscriber.id(), "no answer");
            }
        });
    }
}
