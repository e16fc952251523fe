<?php

declare(strict_types=1);

namespace App\Security;

use Firebase\JWT\CachedKeySet;
use Firebase\JWT\JWT;
use GuzzleHttp\Client;
use GuzzleHttp\Psr7\HttpFactory;
use Psr\Cache\CacheItemPoolInterface;

final class EntraTokenVerifier
{
    private readonly CachedKeySet $keys;
    private readonly string $issuer;

    public function __construct(string $tenantId, private readonly string $audience, CacheItemPoolInterface $cache)
    {
        $this->issuer = "https://login.microsoftonline.com/$tenantId/v2.0";
        $this->keys = new CachedKeySet(
            "https://login.microsoftonline.com/$tenantId/discovery/v2.0/keys",
            new Client(['timeout' => 5, 'connect_timeout' => 3]),
            new HttpFactory(),
            $cache,
            21600,
            true,
            'RS256',
        );
    }

    public function subject(string $token): string
    {
        try {
            $claims = JWT::decode($token, $this->keys);
        } catch (\UnexpectedValueException | \DomainException | \InvalidArgumentException $e) {
            throw new InvalidToken('token rejected', previous: $e);
        }

        if (($claims->iss ?? null) !== $this->issuer || ($claims->aud ?? null) !== $this->audience) {
            throw new InvalidToken('token of another issuer or for another audience');
        }
        if (!isset($claims->exp, $claims->oid)) {
            throw new InvalidToken('token without exp or oid');
        }

        return $claims->oid;
    }
}
