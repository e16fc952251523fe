<?php

declare(strict_types=1);

namespace App\Providers;

use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\ServiceProvider;

final class HttpServiceProvider extends ServiceProvider
{
    public function boot(): void
    {
        Http::macro('sage', fn (string $token) => Http::baseUrl(config('services.sage.url'))
            ->withToken($token)
            ->acceptJson()
            ->timeout(15)
            ->connectTimeout(3)
            ->retry(3, 500, fn (\Throwable $e) => $e instanceof ConnectionException
                || ($e instanceof RequestException && ($e->response->serverError() || $e->response->tooManyRequests())))
            ->throw());
    }
}
