<?php

declare(strict_types=1);

namespace App\Services\Shopify;

use App\Models\Shop;
use Illuminate\Http\Client\PendingRequest;
use Illuminate\Support\Facades\Http;

final class CatalogClient
{
    private const VERSION = 'unstable';

    private const QUERY = <<<'GQL'
        query Products($cursor: String) {
          products(first: 100, after: $cursor) {
            nodes { id title updatedAt combinedListingRole }
            pageInfo { hasNextPage endCursor }
          }
        }
        GQL;

    /** @return \Generator<int, array<string, mixed>> */
    public function products(Shop $shop): \Generator
    {
        $cursor = null;
        do {
            $response = $this->http($shop)->post('/graphql.json', [
                'query' => self::QUERY,
                'variables' => ['cursor' => $cursor],
            ])->throw();

            if ($response->json('errors')) {
                throw new CatalogException('Shopify returned GraphQL errors.');
            }

            $page = $response->json('data.products');
            yield from $page['nodes'];
            $cursor = $page['pageInfo']['endCursor'];
        } while ($page['pageInfo']['hasNextPage']);
    }

    private function http(Shop $shop): PendingRequest
    {
        return Http::baseUrl("https://{$shop->domain}/admin/api/" . self::VERSION)
            ->withHeaders(['X-Shopify-Access-Token' => $shop->access_token])
            ->connectTimeout(3)
            ->timeout(20)
            ->acceptJson();
    }
}
