package tickets.issue;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

@Component
public class TicketIssuer {

    private static final Logger log = LoggerFactory.getLogger(TicketIssuer.class);

    private final RestClient rest;

    public TicketIssuer(RestClient ticketingRestClient) {
        this.rest = ticketingRestClient;
    }

    @Retryable(
            retryFor = {ResourceAccessException.class, HttpServerErrorException.class},
            maxAttempts = 4,
            backoff = @Backoff(delay = 400, multiplier = 2, maxDelay = 5_000, random = true))
    public List<Ticket> issue(PaidOrder order) {
        IssuedTickets issued = rest.post()
                .uri("/v2/events/{event}/tickets", order.eventId())
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", "order-" + order.id())
                .body(new IssueRequest(order.id(), order.seats(), order.holderEmail()))
                .retrieve()
                .onStatus(HttpStatusCode::is4xxClientError, (request, response) -> {
                    throw new TicketsRefusedException(order.id(), response.getStatusCode());
                })
                .body(IssuedTickets.class);
        if (issued == null || issued.tickets().size() != order.seats().size()) {
            throw new TicketsRefusedException(order.id(), "incomplete answer");
        }
        log.info("{} tickets issued for order {}", issued.tickets().size(), order.id());
        return issued.tickets();
    }
}
