<?php

declare(strict_types=1);

namespace App\Services\Shopify;

use App\Models\Shop;
use Illuminate\Http\Client\PendingRequest;
use Illuminate\Http\Client\Response;
use Illuminate\Support\Facades\Http;

class AdminClient
{
    private const API_VERSION = '2026-01';

    public function __construct(private Shop $shop)
    {
    }

    /**
     * @param array<string, mixed> $variables
     * @return array<string, mixed>
     */
    public function query(string $graphql, array $variables = []): array
    {
        $response = $this->http()->post('graphql.json', ['query' => $graphql, 'variables' => (object) $variables])->throw();

        if ($errors = $response->json('errors')) {
            throw new GraphqlException($this->shop->domain, $errors);
        }

        return $response->json('data') ?? throw new GraphqlException($this->shop->domain, 'no data');
    }

    public function fulfillmentOrders(string $orderGid): array
    {
        return $this->query(
            'query($id: ID!) { order(id: $id) { fulfillmentOrders(first: 50) { nodes { id status } } } }',
            ['id' => $orderGid],
        );
    }

    private function http(): PendingRequest
    {
        return Http::baseUrl("https://{$this->shop->domain}/admin/api/" . self::API_VERSION)
            ->withHeaders(['X-Shopify-Access-Token' => $this->shop->access_token])
            ->connectTimeout(5)
            ->timeout(20)
            ->asJson();
    }
}
