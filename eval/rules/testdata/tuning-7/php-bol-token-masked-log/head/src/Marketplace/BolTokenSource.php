<?php

declare(strict_types=1);

namespace App\Marketplace;

use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\GuzzleException;
use Psr\Log\LoggerInterface;
use Psr\SimpleCache\CacheInterface;

final class BolTokenSource
{
    private const CACHE_KEY = 'bol.retailer.token';

    public function __construct(
        private readonly ClientInterface $http,
        private readonly CacheInterface $cache,
        private readonly LoggerInterface $logger,
        private readonly string $clientId,
        #[\SensitiveParameter] private readonly string $clientSecret,
    ) {
    }

    public function get(): string
    {
        $token = $this->cache->get(self::CACHE_KEY);
        if (is_string($token)) {
            return $token;
        }

        try {
            $response = $this->http->request('POST', 'https://login.bol.com/token', [
                'auth' => [$this->clientId, $this->clientSecret],
                'form_params' => ['grant_type' => 'client_credentials'],
                'timeout' => 10,
                'connect_timeout' => 3,
            ]);
            $grant = json_decode((string) $response->getBody(), true, 8, JSON_THROW_ON_ERROR);
        } catch (GuzzleException | \JsonException $e) {
            $this->logger->error('bol token request failed', ['error' => $e::class, 'code' => $e->getCode()]);

            throw new TokenUnavailable('bol.com gave no token', 0, $e);
        }

        $token = $grant['access_token'] ?? throw new TokenUnavailable('answer without access_token');
        $lifetime = (int) ($grant['expires_in'] ?? 0);
        $this->cache->set(self::CACHE_KEY, $token, max(1, $lifetime - 30));
        $this->logger->info('bol token refreshed', [
            'expires_in' => $lifetime,
            'token_length' => strlen($token),
        ]);

        return $token;
    }
}
