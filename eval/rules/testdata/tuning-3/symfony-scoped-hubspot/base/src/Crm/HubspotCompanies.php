<?php

declare(strict_types=1);

namespace App\Crm;

use Symfony\Component\DependencyInjection\Attribute\Target;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class HubspotCompanies
{
    public function __construct(
        #[Target('hubspot.client')]
        private readonly HttpClientInterface $client,
    ) {
    }

    /** @return array{id: string, properties: array<string, ?string>} */
    public function get(string $id): array
    {
        return $this->client->request('GET', '/crm/v3/objects/companies/'.rawurlencode($id))->toArray();
    }
}
