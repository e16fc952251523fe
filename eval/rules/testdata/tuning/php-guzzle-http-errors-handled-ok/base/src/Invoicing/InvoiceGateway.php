<?php

declare(strict_types=1);

namespace Acme\Invoicing;

use GuzzleHttp\Client;
use GuzzleHttp\RequestOptions;
use Psr\Log\LoggerInterface;

final class InvoiceGateway
{
    private Client $http;

    public function __construct(string $baseUri, string $token, private readonly LoggerInterface $logger)
    {
        $this->http = new Client([
            'base_uri' => rtrim($baseUri, '/') . '/',
            RequestOptions::TIMEOUT => 15,
            RequestOptions::CONNECT_TIMEOUT => 3,
            RequestOptions::HTTP_ERRORS => false,
            RequestOptions::HEADERS => ['Authorization' => 'Bearer ' . $token],
        ]);
    }

    public function issue(Invoice $invoice): IssuedInvoice
    {
        $response = $this->http->post('invoices', [
            RequestOptions::HEADERS => ['Idempotency-Key' => 'invoice-' . $invoice->id],
            RequestOptions::JSON => [
                'customer' => $invoice->customerNumber,
                'currency' => $invoice->currency,
                'lines' => array_map(static fn (Line $l): array => $l->toApi(), $invoice->lines),
            ],
        ]);
        $data = json_decode((string) $response->getBody(), true);

        $this->logger->info('invoice issued', ['invoice' => $invoice->id]);

        return new IssuedInvoice($invoice->id, $data['number'] ?? null, new \DateTimeImmutable());
    }
}
