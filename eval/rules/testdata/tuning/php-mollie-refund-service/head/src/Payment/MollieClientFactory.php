<?php

declare(strict_types=1);

namespace App\Payment;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\ConnectException;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Middleware;

final class MollieClientFactory
{
    public static function create(string $apiKey): Client
    {
        $stack = HandlerStack::create();
        $stack->push(Middleware::retry(
            static fn (int $attempt, $request, $response = null, $error = null): bool =>
                $attempt < 3
                && ($error instanceof ConnectException || ($response && $response->getStatusCode() >= 500)),
            static fn (int $attempt): int => (2 ** $attempt) * 500 + random_int(0, 250),
        ));

        return new Client([
            'base_uri' => 'https://api.mollie.com',
            'handler' => $stack,
            'timeout' => 15,
            'connect_timeout' => 4,
            'headers' => ['Authorization' => 'Bearer ' . $apiKey],
        ]);
    }
}
