<?php

declare(strict_types=1);

namespace App\Crm;

use Symfony\Contracts\HttpClient\HttpClientInterface;

final class SalesforceAccountFinder
{
    private const API = 'v61.0';

    public function __construct(
        private readonly HttpClientInterface $salesforceClient,
        private readonly SalesforceToken $token,
    ) {
    }

    /**
     * Type-ahead of the back office.
     *
     * @param string $term what the agent typed
     *
     * @return list<AccountHit>
     */
    public function search(string $term): array
    {
        if (mb_strlen($term) < 3) {
            return [];
        }

        $soql = "SELECT Id, Name, BillingCity FROM Account WHERE Name LIKE '%{$term}%' ORDER BY Name LIMIT 20";

        $data = $this->salesforceClient->request('GET', '/services/data/' . self::API . '/query', [
            'auth_bearer' => $this->token->get(),
            'query' => ['q' => $soql],
            'timeout' => 5,
            'max_duration' => 8,
        ])->toArray();

        return array_map(
            static fn (array $r): AccountHit => new AccountHit($r['Id'], $r['Name'], $r['BillingCity'] ?? null),
            $data['records'],
        );
    }
}
