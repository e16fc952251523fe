<?php

declare(strict_types=1);

namespace Acme\Http;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\ConnectException;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Middleware;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;

final class ClientFactory
{
    private const MAX_RETRIES = 3;

    public function forBase(string $baseUri): Client
    {
        $stack = HandlerStack::create();
        $stack->push(Middleware::retry(
            static function (int $retries, RequestInterface $request, ?ResponseInterface $response, ?\Throwable $error): bool {
                if ($retries >= self::MAX_RETRIES || $request->getMethod() !== 'GET') {
                    return false;
                }

                return $error instanceof ConnectException
                    || in_array($response?->getStatusCode(), [429, 502, 503, 504], true);
            },
            static function (int $retries, ?ResponseInterface $response): int {
                $after = (int) ($response?->getHeaderLine('Retry-After') ?? 0);

                return $after > 0 ? min($after, 60) * 1000 : (2 ** $retries) * 500 + random_int(0, 250);
            },
        ));

        return new Client([
            'base_uri' => $baseUri,
            'handler' => $stack,
            'connect_timeout' => 5.0,
            'timeout' => 30.0,
        ]);
    }
}
