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

    /**
     * @param non-empty-list<string> $properties
     *
     * @return iterable<array{id: string, properties: array<string, ?string>}>
     */
    public function all(array $properties): iterable
    {
        $after = null;
        do {
            $page = $this->client->request('GET', '/crm/v3/objects/companies', [
                'query' => array_filter([
                    'limit' => 100,
                    'properties' => implode(',', $properties),
                    'after' => $after,
                ], static fn (mixed $v): bool => null !== $v),
            ])->toArray();
            yield from $page['results'];
            $after = $page['paging']['next']['after'] ?? null;
        } while (null !== $after);
    }
}
