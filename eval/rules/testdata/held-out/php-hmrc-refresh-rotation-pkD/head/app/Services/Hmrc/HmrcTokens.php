<?php

declare(strict_types=1);

namespace App\Services\Hmrc;

use App\Models\HmrcConnection;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

final class HmrcTokens
{
    public function accessToken(HmrcConnection $connection): string
    {
        return Cache::lock("hmrc-token:{$connection->id}", 30)->block(20, function () use ($connection): string {
            $connection->refresh();
            if ($connection->expires_at->subMinute()->isFuture()) {
                return $connection->access_token;
            }

            $response = Http::asForm()->timeout(15)->post(config('services.hmrc.base_url') . '/oauth/token', [
                'grant_type' => 'refresh_token',
                'client_id' => config('services.hmrc.client_id'),
                'client_secret' => config('services.hmrc.client_secret'),
                'refresh_token' => $connection->refresh_token,
            ]);
            if ($response->status() === 400) {
                Log::warning('hmrc connection must be authorised again', ['connection' => $connection->id]);
                $connection->markDisconnected();
                throw new HmrcReauthorisationRequired($connection->id);
            }
            $response->throw();

            $connection->update([
                'access_token' => $response->json('access_token'),
                'expires_at' => now()->addSeconds((int) $response->json('expires_in')),
            ]);

            return $connection->access_token;
        });
    }
}
