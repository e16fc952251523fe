package com.lohnfix.bank;

import java.time.Duration;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.stereotype.Service;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestTemplate;

@Service
public class SalaryTransferClient {

    private final RestTemplate rest;
    private final TransferRequests requests;
    private final RetryTemplate retry = RetryTemplate.builder()
            .maxAttempts(3)
            .exponentialBackoff(Duration.ofSeconds(1), 2.0, Duration.ofSeconds(8), true)
            .retryOn(ResourceAccessException.class)
            .retryOn(HttpServerErrorException.class)
            .build();

    public SalaryTransferClient(RestTemplateBuilder builder, TransferRequests requests, BankProperties bank) {
        this.rest = builder
                .rootUri(bank.url())
                .additionalInterceptors(new BankTokenInterceptor(bank))
                .setConnectTimeout(Duration.ofSeconds(3))
                .setReadTimeout(Duration.ofSeconds(25))
                .build();
        this.requests = requests;
    }

    public TransferReceipt transfer(SalaryPayment payment) {
        TransferRequest stored = requests.findOrCreate(payment.payrollRunId(), payment.employeeId());
        if (stored.isSent()) {
            return stored.receipt();
        }
        HttpHeaders headers = new HttpHeaders();
        headers.set("Idempotency-Key", stored.id().toString());
        HttpEntity<TransferBody> entity = new HttpEntity<>(TransferBody.of(payment, stored.id()), headers);
        TransferReceipt receipt = retry.execute(context ->
                rest.postForObject("/payments/v1/sepa-credit-transfers", entity, TransferReceipt.class));
        if (receipt == null) {
            throw new BankProtocolException("empty answer to transfer " + stored.id());
        }
        requests.markSent(stored.id(), receipt);
        return receipt;
    }
}
