package com.nordhandel.feeds;

import java.io.IOException;
import java.io.Reader;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the availability file a drop-ship partner puts on our SFTP server every hour. */
@Component
public class AvailabilityImport {

    private static final Logger log = LoggerFactory.getLogger(AvailabilityImport.class);
    private static final CSVFormat FORMAT = CSVFormat.Builder.create()
            .setDelimiter(';')
            .setHeader("sku", "availability", "quantity")
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .build();

    private final JdbcTemplate jdbc;

    public AvailabilityImport(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    public ImportResult run(long partnerId, Reader file) throws IOException {
        int updated = 0;
        int unknown = 0;
        try (var parser = FORMAT.parse(file)) {
            for (CSVRecord row : parser) {
                int quantity = Integer.parseInt(row.get("quantity"));
                int changed = jdbc.update(
                        "UPDATE partner_offer SET availability = '" + row.get("availability") + "', quantity = "
                                + quantity + " WHERE partner_id = " + partnerId
                                + " AND sku = '" + row.get("sku") + "'");
                if (changed == 0) {
                    unknown++;
                } else {
                    updated++;
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException("quantity is not a number", e);
        }
        log.info("partner {}: {} offers updated, {} unknown", partnerId, updated, unknown);
        return new ImportResult(updated, unknown);
    }

    public record ImportResult(int updated, int unknown) {}
}
