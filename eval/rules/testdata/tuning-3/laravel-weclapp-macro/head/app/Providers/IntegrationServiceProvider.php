<?php

declare(strict_types=1);

namespace App\Providers;

use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\Client\PendingRequest;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\ServiceProvider;

final class IntegrationServiceProvider extends ServiceProvider
{
    public function boot(): void
    {
        Http::macro('weclapp', function (): PendingRequest {
            return Http::baseUrl(config('services.weclapp.url').'/webapp/api/v1')
                ->withHeaders(['AuthenticationToken' => config('services.weclapp.token')])
                ->acceptJson()
                ->connectTimeout(3)
                ->timeout(15)
                ->throw();
        });

        Http::macro('weclappRead', function (): PendingRequest {
            return Http::weclapp()->retry(
                3,
                fn (int $attempt): int => 200 * 2 ** $attempt + random_int(0, 200),
                fn (\Throwable $e): bool => $e instanceof ConnectionException
                    || ($e instanceof RequestException && in_array($e->response->status(), [429, 502, 503, 504], true)),
            );
        });
    }
}
