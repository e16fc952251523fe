<?php

declare(strict_types=1);

namespace App\Payment\PayPal;

use Psr\Cache\CacheItemPoolInterface;
use Psr\Log\LoggerInterface;
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class AccessTokenProvider
{
    public function __construct(
        private readonly HttpClientInterface $paypalClient,
        private readonly CacheItemPoolInterface $cache,
        private readonly LoggerInterface $logger,
        private readonly string $clientId,
        private readonly string $clientSecret,
    ) {
    }

    public function token(): string
    {
        $item = $this->cache->getItem('paypal.access_token');
        if ($item->isHit()) {
            return $item->get();
        }

        try {
            $grant = $this->paypalClient->request('POST', '/v1/oauth2/token', [
                'auth_basic' => [$this->clientId, $this->clientSecret],
                'body' => ['grant_type' => 'client_credentials'],
                'timeout' => 5,
                'max_duration' => 10,
            ])->toArray();
        } catch (ExceptionInterface $e) {
            throw new PayPalUnavailable('no access token', previous: $e);
        }

        if (!is_string($grant['access_token'] ?? null) || !is_int($grant['expires_in'] ?? null)) {
            throw new PayPalUnavailable('unexpected answer of the token endpoint');
        }

        $item->set($grant['access_token'])->expiresAfter(max(30, $grant['expires_in'] - 60));
        $this->cache->save($item);

        return $grant['access_token'];
    }
}
