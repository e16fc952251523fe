package com.lohnfix.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.YearMonth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the monthly archive of all payslips from the payroll bureau to our object store. */
public class PayrollArchiveFetcher {

    private static final Logger log = LoggerFactory.getLogger(PayrollArchiveFetcher.class);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectStore store;
    private final BureauSettings settings;

    public PayrollArchiveFetcher(ObjectStore store, BureauSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    public void transfer(String companyId, YearMonth month) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url() + "/companies/" + companyId + "/archives/" + month + ".zip"))
                .timeout(Duration.ofMinutes(10))
                .header("Authorization", "Bearer " + settings.token())
                .build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("archive " + month + " of " + companyId + ": HTTP " + response.statusCode());
            }
            byte[] archive = in.readAllBytes();
            store.put("payroll/" + companyId + "/" + month + ".zip", archive);
            log.info("archive {} of {} stored, {} bytes", month, companyId, archive.length);
        }
    }
}
