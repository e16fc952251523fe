<?php

declare(strict_types=1);

namespace App\Accounting\ExactOnline;

use Psr\Log\LoggerInterface;
use Symfony\Component\Lock\LockFactory;
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class TokenRefresher
{
    public function __construct(
        private readonly HttpClientInterface $http,
        private readonly TokenRepository $tokens,
        private readonly LockFactory $locks,
        private readonly LoggerInterface $logger,
        private readonly string $clientId,
        private readonly string $clientSecret,
    ) {
    }

    public function refresh(int $divisionId): Token
    {
        $lock = $this->locks->createLock("exact-token-$divisionId", 30);
        $lock->acquire(true);
        try {
            $token = $this->tokens->get($divisionId);
            if ($token->isFresh()) {
                return $token;
            }

            $params = [
                'grant_type' => 'refresh_token',
                'refresh_token' => $token->refreshToken,
                'client_id' => $this->clientId,
                'client_secret' => $this->clientSecret,
            ];
            $this->logger->info('Exact Online token refresh', ['division' => $divisionId, 'params' => $params]);

            $answer = $this->http->request('POST', 'https://start.exactonline.nl/api/oauth2/token', [
                'body' => $params,
                'timeout' => 10,
                'max_duration' => 20,
            ])->toArray();

            $token = $token->rotated($answer['access_token'], $answer['refresh_token'], (int) $answer['expires_in']);
            $this->tokens->save($divisionId, $token);

            return $token;
        } catch (ExceptionInterface $e) {
            throw new TokenRefreshFailed("refresh for division $divisionId failed: " . $e::class, previous: $e);
        } finally {
            $lock->release();
        }
    }
}
