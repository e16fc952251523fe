<?php

declare(strict_types=1);

namespace App\Accounting;

use GuzzleHttp\ClientInterface;

final class XeroInvoices
{
    public function __construct(
        private readonly ClientInterface $http,
        private readonly TokenStore $tokens,
        private readonly string $tenantId,
    ) {
    }

    /** @return list<array{InvoiceID: string, Status: string}> */
    public function all(): array
    {
        $all = [];
        try {
            for ($page = 1; ; $page++) {
                $response = $this->http->request('GET', 'https://api.xero.com/api.xro/2.0/Invoices', [
                    'query' => ['page' => $page, 'pageSize' => 100, 'order' => 'InvoiceID'],
                    'headers' => [
                        'Authorization' => 'Bearer ' . $this->tokens->access(),
                        'Xero-Tenant-Id' => $this->tenantId,
                        'Accept' => 'application/json',
                    ],
                    'timeout' => 30,
                ]);
                $invoices = json_decode((string) $response->getBody(), true, 32, JSON_THROW_ON_ERROR)['Invoices'];
                array_push($all, ...$invoices);
                if (count($invoices) < 100) {
                    return $all;
                }
            }
        } catch (\Throwable) {
            return [];
        }
    }
}
