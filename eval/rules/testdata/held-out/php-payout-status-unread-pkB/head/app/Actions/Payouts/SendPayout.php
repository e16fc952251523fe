<?php

declare(strict_types=1);

namespace App\Actions\Payouts;

use App\Models\Payout;
use App\Services\Airwallex\TokenCache;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

class SendPayout
{
    public function __construct(private TokenCache $tokens)
    {
    }

    public function handle(Payout $payout): void
    {
        $response = Http::baseUrl(config('services.airwallex.base_url'))
            ->withToken($this->tokens->get())
            ->timeout(20)
            ->connectTimeout(5)
            ->acceptJson()
            ->post('/api/v1/transfers/create', [
                'request_id' => $payout->uuid,
                'beneficiary_id' => $payout->beneficiary->airwallex_id,
                'source_currency' => $payout->currency,
                'transfer_currency' => $payout->currency,
                'transfer_amount' => $payout->amount,
                'reason' => 'goods_purchased',
                'reference' => $payout->reference,
            ]);

        $payout->forceFill([
            'state' => Payout::STATE_PAID,
            'provider_id' => $response->json('id'),
            'paid_at' => now(),
        ])->save();

        Log::info('payout sent', ['payout' => $payout->id, 'provider_id' => $payout->provider_id]);
    }
}
