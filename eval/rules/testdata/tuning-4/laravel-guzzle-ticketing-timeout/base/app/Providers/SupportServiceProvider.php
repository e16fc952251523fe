<?php

declare(strict_types=1);

namespace App\Providers;

use App\Services\Support\ZendeskTickets;
use GuzzleHttp\Client;
use GuzzleHttp\ClientInterface;
use Illuminate\Support\ServiceProvider;

final class SupportServiceProvider extends ServiceProvider
{
    public function register(): void
    {
        $this->app->when(ZendeskTickets::class)
            ->needs(ClientInterface::class)
            ->give(fn () => new Client([
                'base_uri' => config('services.zendesk.url'),
                'connect_timeout' => 3,
                'timeout' => 12,
                'auth' => [config('services.zendesk.user').'/token', config('services.zendesk.token')],
                'headers' => ['Accept' => 'application/json'],
            ]));
    }
}
