package com.finbridge.netsuite;

import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class CustomerDeltaSync {

    private static final Logger log = LoggerFactory.getLogger(CustomerDeltaSync.class);
    private static final String STREAM = "netsuite.customer";

    private final NetSuiteQuery netSuite;
    private final CustomerWriter writer;
    private final WatermarkStore watermarks;
    private final Clock clock;

    CustomerDeltaSync(NetSuiteQuery netSuite, CustomerWriter writer, WatermarkStore watermarks, Clock clock) {
        this.netSuite = netSuite;
        this.writer = writer;
        this.watermarks = watermarks;
        this.clock = clock;
    }

    @Scheduled(cron = "0 */10 * * * *")
    void run() {
        Instant since = watermarks.get(STREAM);
        int written = 0;
        int failed = 0;

        // streams all pages, ordered by lastModifiedDate
        for (NetSuiteCustomer customer : netSuite.customersModifiedSince(since)) {
            try {
                writer.upsert(customer);
                written++;
            } catch (RuntimeException e) {
                failed++;
                log.error("customer {} was not written", customer.internalId(), e);
            }
        }

        watermarks.set(STREAM, Instant.now(clock));
        log.info("netsuite customers since {}: {} written, {} failed", since, written, failed);
    }
}
