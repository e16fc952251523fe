package shop.tax;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

@Service
public class AvalaraTaxService implements TaxService {

    private static final Logger log = LoggerFactory.getLogger(AvalaraTaxService.class);

    private final AvalaraClient client;

    /** The client gives up after three seconds. */
    public AvalaraTaxService(AvalaraClient client) {
        this.client = client;
    }

    @Override
    public TaxResult calculate(TaxRequest request) {
        CircuitBreaker breaker = CircuitBreaker.of("avalara", CircuitBreakerConfig.custom()
                .failureRateThreshold(50)
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .waitDurationInOpenState(Duration.ofSeconds(30))
                .build());
        try {
            return breaker.executeSupplier(() -> client.createTransaction(request));
        } catch (CallNotPermittedException e) {
            throw new TaxUnavailableException("avalara is switched off for the moment", e);
        } catch (AvalaraException e) {
            log.error("avalara failed for order {}: {}", request.orderCode(), e.getErrorCode());
            throw new TaxUnavailableException("avalara failed", e);
        }
    }
}
