<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Offer;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Http\Client\ConnectionException;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

final class PushPriceToMarketplace implements ShouldQueue
{
    use InteractsWithQueue;
    use Queueable;

    public int $tries = 0;

    public function __construct(private readonly int $offerId)
    {
    }

    public function handle(): void
    {
        $offer = Offer::findOrFail($this->offerId);

        try {
            $response = Http::baseUrl(config('services.marketplace.url'))
                ->withToken(config('services.marketplace.token'))
                ->timeout(15)
                ->connectTimeout(4)
                ->put("/offers/{$offer->external_id}/price", [
                    'amount' => $offer->price_minor,
                    'currency' => $offer->currency,
                    'revision' => $offer->revision,
                ]);
        } catch (ConnectionException $e) {
            Log::warning('marketplace not reachable', ['offer' => $offer->id]);
            $this->release(1);

            return;
        }

        if ($response->failed()) {
            Log::warning('price not accepted', ['offer' => $offer->id, 'status' => $response->status()]);
            $this->release(1);

            return;
        }

        $offer->update(['price_pushed_at' => now(), 'pushed_revision' => $offer->revision]);
    }
}
