<?php

declare(strict_types=1);

namespace App\Security;

use Firebase\JWT\CachedKeySet;
use Firebase\JWT\JWT;
use Symfony\Component\Security\Core\Exception\BadCredentialsException;
use Symfony\Component\Security\Http\AccessToken\AccessTokenHandlerInterface;
use Symfony\Component\Security\Http\Authenticator\Passport\Badge\UserBadge;

final class AccessTokenHandler implements AccessTokenHandlerInterface
{
    public function __construct(
        private readonly CachedKeySet $keys,
        private readonly string $issuer,
        private readonly string $audience,
    ) {
        JWT::$leeway = 15;
    }

    public function getUserBadgeFrom(#[\SensitiveParameter] string $accessToken): UserBadge
    {
        try {
            $claims = JWT::decode($accessToken, $this->keys);
        } catch (\UnexpectedValueException | \DomainException | \InvalidArgumentException $e) {
            throw new BadCredentialsException('Token refused.', 0, $e);
        }

        $audience = (array) ($claims->aud ?? []);
        if (($claims->iss ?? null) !== $this->issuer || !in_array($this->audience, $audience, true)) {
            throw new BadCredentialsException('Token is not meant for this API.');
        }
        if (!isset($claims->exp) || !is_string($claims->sub ?? null) || $claims->sub === '') {
            throw new BadCredentialsException('Token without expiry or subject.');
        }

        return new UserBadge($claims->sub);
    }
}
