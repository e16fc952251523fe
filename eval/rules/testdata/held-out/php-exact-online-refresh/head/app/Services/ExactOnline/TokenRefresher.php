<?php

declare(strict_types=1);

namespace App\Services\ExactOnline;

use App\Models\ExactConnection;
use Illuminate\Contracts\Cache\LockTimeoutException;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Http;

final class TokenRefresher
{
    private const TOKEN_URL = 'https://start.exactonline.nl/api/oauth2/token';

    /**
     * Access tokens live for ten minutes; a refresh token may be used once.
     *
     * @throws LockTimeoutException
     */
    public function accessToken(ExactConnection $connection): string
    {
        return Cache::lock("exact:refresh:{$connection->id}", 30)->block(10, function () use ($connection): string {
            $connection->refresh();
            if ($connection->expires_at->isAfter(now()->addSeconds(30))) {
                return $connection->access_token;
            }

            $grant = Http::asForm()
                ->timeout(15)
                ->post(self::TOKEN_URL, [
                    'grant_type' => 'refresh_token',
                    'refresh_token' => $connection->refresh_token,
                    'client_id' => config('services.exact.client_id'),
                    'client_secret' => config('services.exact.client_secret'),
                ])
                ->throw()
                ->json();

            $connection->update([
                'access_token' => $grant['access_token'],
                'expires_at' => now()->addSeconds((int) $grant['expires_in']),
            ]);

            return $connection->access_token;
        });
    }
}
