package com.orderly.sap;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
public class SalesOrderDeltaJob {

    private static final Logger log = LoggerFactory.getLogger(SalesOrderDeltaJob.class);
    private static final String STREAM = "sap.sales-orders";
    private static final int PAGE = 500;

    private final SalesOrderOData odata;
    private final OrderWarehouse warehouse;
    private final WatermarkStore watermarks;
    private final Clock clock;

    public SalesOrderDeltaJob(SalesOrderOData odata, OrderWarehouse warehouse, WatermarkStore watermarks, Clock clock) {
        this.odata = odata;
        this.warehouse = warehouse;
        this.watermarks = watermarks;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT10M")
    public void run() {
        Instant since = watermarks.get(STREAM).orElse(Instant.EPOCH);
        int skip = 0;
        int total = 0;
        List<SalesOrder> page;
        do {
            page = odata.changedSince(since, skip, PAGE);
            warehouse.upsert(page);
            skip += page.size();
            total += page.size();
        } while (page.size() == PAGE);
        watermarks.put(STREAM, clock.instant());
        log.info("{} sales orders changed since {}", total, since);
    }
}
