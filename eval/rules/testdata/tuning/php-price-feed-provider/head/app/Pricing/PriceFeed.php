<?php

declare(strict_types=1);

namespace App\Pricing;

use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\GuzzleException;

final class PriceFeed
{
    public function __construct(private readonly ClientInterface $client)
    {
    }

    /**
     * @param list<string> $skus
     * @return array<string, int> price in cents by SKU
     */
    public function prices(array $skus, string $market): array
    {
        $prices = [];
        foreach (array_chunk($skus, 100) as $chunk) {
            try {
                $response = $this->client->request('GET', 'prices', [
                    'query' => ['market' => $market, 'skus' => implode(',', $chunk)],
                ]);
            } catch (GuzzleException $e) {
                throw new PriceFeedUnavailable('Price feed failed', 0, $e);
            }
            $rows = json_decode((string) $response->getBody(), true, 16, JSON_THROW_ON_ERROR);
            foreach ($rows['items'] ?? [] as $row) {
                if (is_int($row['price_minor'] ?? null) && $row['price_minor'] >= 0) {
                    $prices[(string) $row['sku']] = $row['price_minor'];
                }
            }
        }

        return $prices;
    }
}
