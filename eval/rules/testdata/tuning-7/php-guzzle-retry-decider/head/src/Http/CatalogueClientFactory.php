<?php

declare(strict_types=1);

namespace Acme\Catalogue\Http;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\ConnectException;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Middleware;
use GuzzleHttp\RequestOptions;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;

final class CatalogueClientFactory
{
    private const MAX_RETRIES = 3;
    private const MAX_DELAY_MS = 20_000;
    private const TRANSIENT = [429, 502, 503, 504];

    public static function create(string $baseUri, string $token): Client
    {
        $stack = HandlerStack::create();
        $stack->push(Middleware::retry(self::decider(...), self::delay(...)), 'retry');

        return new Client([
            'base_uri' => $baseUri,
            'handler' => $stack,
            RequestOptions::CONNECT_TIMEOUT => 2.0,
            RequestOptions::TIMEOUT => 8.0,
            RequestOptions::HEADERS => ['Authorization' => "Bearer {$token}"],
        ]);
    }

    private static function decider(
        int $retries,
        RequestInterface $request,
        ?ResponseInterface $response = null,
        ?\Throwable $error = null,
    ): bool {
        if ($retries >= self::MAX_RETRIES || !in_array($request->getMethod(), ['GET', 'HEAD'], true)) {
            return false;
        }

        return $error instanceof ConnectException
            || ($response !== null && in_array($response->getStatusCode(), self::TRANSIENT, true));
    }

    private static function delay(int $retries, ?ResponseInterface $response = null): int
    {
        $after = $response?->getHeaderLine('Retry-After') ?? '';
        $ms = ctype_digit($after) ? (int) $after * 1000 : 250 * 2 ** $retries;

        return min(self::MAX_DELAY_MS, $ms + random_int(0, 250));
    }
}
