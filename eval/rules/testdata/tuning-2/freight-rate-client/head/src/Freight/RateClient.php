<?php

declare(strict_types=1);

namespace App\Freight;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\ConnectException;
use GuzzleHttp\Exception\GuzzleException;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Middleware;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;

final class RateClient
{
    private const RETRIES = 3;
    private const STATUSES = [429, 502, 503, 504];

    private readonly Client $http;

    public function __construct(string $baseUri, string $apiKey, ?HandlerStack $stack = null)
    {
        $stack ??= HandlerStack::create();
        $stack->push(Middleware::retry(self::shouldRetry(...), self::delay(...)), 'retry');

        $this->http = new Client([
            'base_uri' => $baseUri,
            'handler' => $stack,
            'connect_timeout' => 2.0,
            'timeout' => 8.0,
            'headers' => ['X-Api-Key' => $apiKey, 'Accept' => 'application/json'],
        ]);
    }

    private static function shouldRetry(
        int $retries,
        RequestInterface $request,
        ?ResponseInterface $response = null,
        ?\Throwable $error = null,
    ): bool {
        if ($retries >= self::RETRIES || $request->getMethod() !== 'GET') {
            return false;
        }

        return $error instanceof ConnectException
            || ($response !== null && \in_array($response->getStatusCode(), self::STATUSES, true));
    }

    private static function delay(int $retries, ?ResponseInterface $response = null): int
    {
        $after = (int) ($response?->getHeaderLine('Retry-After') ?? 0);
        $base = $after > 0 ? min($after, 30) * 1000 : 250 * 2 ** $retries;

        return $base + random_int(0, 250);
    }

    /** Price in euro cents for one pallet. */
    public function palletCents(string $fromZip, string $toZip): int
    {
        try {
            $response = $this->http->get('v4/rates', ['query' => ['from' => $fromZip, 'to' => $toZip, 'unit' => 'pallet']]);
            $data = json_decode((string) $response->getBody(), true, 16, JSON_THROW_ON_ERROR);
        } catch (GuzzleException|\JsonException $e) {
            throw new RatesUnavailable('no freight rate', previous: $e);
        }
        if (($data['currency'] ?? null) !== 'EUR' || !\is_int($data['amount_minor'] ?? null)) {
            throw new RatesUnavailable('freight rate has an unexpected form');
        }

        return $data['amount_minor'];
    }
}
