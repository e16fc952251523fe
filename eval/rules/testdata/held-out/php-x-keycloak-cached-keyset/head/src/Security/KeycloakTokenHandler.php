<?php

declare(strict_types=1);

namespace App\Security;

use Firebase\JWT\CachedKeySet;
use Firebase\JWT\JWT;
use Psr\Log\LoggerInterface;
use Symfony\Component\Security\Core\Exception\BadCredentialsException;
use Symfony\Component\Security\Http\AccessToken\AccessTokenHandlerInterface;
use Symfony\Component\Security\Http\Authenticator\Passport\Badge\UserBadge;

final class KeycloakTokenHandler implements AccessTokenHandlerInterface
{
    private const AUDIENCE = 'wms-api';

    public function __construct(
        private readonly CachedKeySet $keys, // RS256, with a rate limit for reloads
        private readonly string $issuer,
        private readonly LoggerInterface $logger,
    ) {
    }

    public function getUserBadgeFrom(#[\SensitiveParameter] string $accessToken): UserBadge
    {
        try {
            $claims = JWT::decode($accessToken, $this->keys);
        } catch (\Throwable $e) {
            $this->logger->info('access token rejected', ['reason' => $e::class]);
            throw new BadCredentialsException('invalid token', previous: $e);
        }

        if (($claims->iss ?? null) !== $this->issuer || !in_array(self::AUDIENCE, (array) ($claims->aud ?? []), true)) {
            throw new BadCredentialsException('token of another issuer or audience');
        }
        if (!isset($claims->exp) || !is_string($claims->sub ?? null) || $claims->sub === '') {
            throw new BadCredentialsException('token without expiry or subject');
        }

        return new UserBadge($claims->sub);
    }
}
