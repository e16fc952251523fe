<?php

namespace App\Providers;

use App\Carriers\Gls\GlsClient;
use GuzzleHttp\Client;
use GuzzleHttp\RequestOptions;
use Illuminate\Support\ServiceProvider;

class CarrierServiceProvider extends ServiceProvider
{
    public function register(): void
    {
        $this->app->singleton(GlsClient::class, fn () => new GlsClient(new Client([
            'base_uri' => config('services.gls.url'),
            RequestOptions::CONNECT_TIMEOUT => 3,
            RequestOptions::TIMEOUT => 20,
            RequestOptions::AUTH => [config('services.gls.user'), config('services.gls.password')],
        ])));
    }
}
