<?php

declare(strict_types=1);

namespace App\Catalog;

use GuzzleHttp\ClientInterface;
use Psr\Http\Message\ResponseInterface;

final class BigCommerceProducts
{
    private const LIMIT = 250;

    public function __construct(private readonly ClientInterface $http)
    {
    }

    /** @return \Generator<int, array<string, mixed>> */
    public function all(): \Generator
    {
        $page = 1;
        do {
            $response = $this->http->request('GET', 'v3/catalog/products', [
                'query' => ['page' => $page, 'limit' => self::LIMIT, 'sort' => 'id', 'include' => 'variants'],
                'timeout' => 30,
                'connect_timeout' => 5,
            ]);
            $body = json_decode((string) $response->getBody(), true, 64, JSON_THROW_ON_ERROR);

            yield from array_values($body['data']);

            $last = (int) $body['meta']['pagination']['total_pages'];
            $this->pauseWhenExhausted($response);
        } while ($page++ < $last);
    }

    private function pauseWhenExhausted(ResponseInterface $response): void
    {
        $left = $response->getHeaderLine('X-Rate-Limit-Requests-Left');
        if ($left !== '' && (int) $left < 2) {
            usleep(min(30_000, max(0, (int) $response->getHeaderLine('X-Rate-Limit-Time-Reset-Ms'))) * 1000);
        }
    }
}
