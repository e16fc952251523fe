<?php

namespace App\Jobs;

use App\Models\Offer;
use App\Services\Idealo\TokenProvider;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Http\Client\ConnectionException;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Queue\SerializesModels;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

class PushIdealoOffer implements ShouldQueue
{
    use Dispatchable, InteractsWithQueue, Queueable, SerializesModels;

    public int $tries = 0;

    public int $timeout = 60;

    public function __construct(public Offer $offer)
    {
    }

    public function handle(TokenProvider $tokens): void
    {
        $shopId = config('services.idealo.shop_id');
        $sku = rawurlencode($this->offer->sku);

        try {
            $response = Http::withToken($tokens->accessToken())
                ->timeout(20)
                ->put("https://import.idealo.com/shop/{$shopId}/offer/{$sku}", $this->offer->toIdealo());
        } catch (ConnectionException $e) {
            Log::warning('idealo not reachable', ['sku' => $this->offer->sku]);
            $this->release(30);

            return;
        }

        if ($response->failed()) {
            Log::warning('idealo refused offer', ['sku' => $this->offer->sku, 'status' => $response->status()]);
            $this->release(0);

            return;
        }

        $this->offer->forceFill(['pushed_at' => now()])->save();
    }
}
