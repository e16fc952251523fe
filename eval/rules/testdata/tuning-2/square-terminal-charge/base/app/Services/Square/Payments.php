<?php

declare(strict_types=1);

namespace App\Services\Square;

use App\Models\Charge;
use Illuminate\Support\Facades\Http;

final class Payments
{
    private const VERSION = '2024-07-17';

    /** @return array{id: string, status: string} */
    public function charge(Charge $charge): array
    {
        return Http::baseUrl(config('services.square.url'))
            ->withToken(config('services.square.token'))
            ->withHeaders(['Square-Version' => self::VERSION])
            ->connectTimeout(3)
            ->timeout(15)
            ->post('/v2/payments', [
                'idempotency_key' => 'charge-'.$charge->id,
                'source_id' => $charge->card_id,
                'customer_id' => $charge->customer_id,
                'location_id' => $charge->location_id,
                'reference_id' => (string) $charge->id,
                'amount_money' => ['amount' => $charge->amount_minor, 'currency' => $charge->currency],
            ])
            ->throw()
            ->json('payment');
    }
}
