package com.lumaflix.billing;

import com.chargebee.Environment;
import com.chargebee.ListResult;
import com.chargebee.models.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
public class SubscriptionExportJob {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionExportJob.class);

    private final Environment chargebee;
    private final WarehouseWriter warehouse;

    public SubscriptionExportJob(Environment chargebee, WarehouseWriter warehouse) {
        this.chargebee = chargebee;
        this.warehouse = warehouse;
    }

    @Scheduled(cron = "0 15 2 * * *")
    public void export() throws Exception {
        List<SubscriptionRow> rows = new ArrayList<>();
        ListResult result = Subscription.list()
            .limit(100)
            .status().is(Subscription.Status.ACTIVE)
            .request(chargebee);
        for (ListResult.Entry entry : result) {
            rows.add(SubscriptionRow.of(entry.subscription(), entry.customer()));
        }
        warehouse.replacePartition("active_subscriptions", rows);
        log.info("exported {} active subscriptions", rows.size());
    }
}
