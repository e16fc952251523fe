<?php

declare(strict_types=1);

namespace App\Services\Graph;

use App\Models\MailboxConnection;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

final class TokenExchange
{
    public function accessToken(MailboxConnection $connection): string
    {
        // one refresh per mailbox at a time; the second caller finds the fresh token
        return Cache::lock("graph-token-{$connection->id}", 30)->block(20, function () use ($connection): string {
            $connection->refresh();
            if ($connection->expires_at->isAfter(now()->addMinutes(2))) {
                return $connection->access_token;
            }

            return $this->refresh($connection);
        });
    }

    private function refresh(MailboxConnection $connection): string
    {
        $form = [
            'grant_type' => 'refresh_token',
            'client_id' => config('services.graph.client_id'),
            'client_secret' => config('services.graph.client_secret'),
            'refresh_token' => $connection->refresh_token,
            'scope' => 'offline_access Mail.Read',
        ];
        $response = Http::asForm()
            ->timeout(10)
            ->post("https://login.microsoftonline.com/{$connection->tenant}/oauth2/v2.0/token", $form);

        Log::debug('graph token refresh', ['request' => $form, 'status' => $response->status()]);
        if ($response->failed()) {
            throw new TokenRefreshFailed("token endpoint answered {$response->status()} for mailbox {$connection->id}");
        }

        $tokens = $response->json();
        if (! isset($tokens['access_token'], $tokens['expires_in'])) {
            throw new TokenRefreshFailed("token endpoint sent no token for mailbox {$connection->id}");
        }
        $connection->update([
            'access_token' => $tokens['access_token'],
            'refresh_token' => $tokens['refresh_token'] ?? $connection->refresh_token,
            'expires_at' => now()->addSeconds((int) $tokens['expires_in']),
        ]);

        return $tokens['access_token'];
    }
}
