<?php

declare(strict_types=1);

namespace App\Providers;

use App\Pricing\PriceFeed;
use GuzzleHttp\Client;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Middleware;
use Illuminate\Support\ServiceProvider;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;

final class PricingServiceProvider extends ServiceProvider
{
    public function register(): void
    {
        $this->app->singleton(PriceFeed::class, function (): PriceFeed {
            $stack = HandlerStack::create();
            $stack->push(Middleware::retry(
                static fn (int $tries, RequestInterface $q, ?ResponseInterface $r = null, ?\Throwable $e = null): bool
                    => $tries < 3 && ($e !== null && $r === null || $r !== null && in_array($r->getStatusCode(), [429, 502, 503, 504], true)),
                static function (int $tries, ?ResponseInterface $r = null): int {
                    $after = (int) ($r?->getHeaderLine('Retry-After') ?? 0);

                    return $after > 0 ? min($after, 30) * 1000 : 250 * 2 ** $tries + random_int(0, 250);
                },
            ));

            return new PriceFeed(new Client([
                'base_uri' => config('services.prices.url'),
                'handler' => $stack,
                'connect_timeout' => 2,
                'timeout' => 8,
                'headers' => ['Authorization' => 'Bearer ' . config('services.prices.token')],
            ]));
        });
    }
}
