<?php

declare(strict_types=1);

namespace App\Services\Square;

use App\Models\Charge;
use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Str;
use Throwable;

final class Payments
{
    private const VERSION = '2024-07-17';

    /** @return array{id: string, status: string} */
    public function charge(Charge $charge): array
    {
        for ($try = 1; ; $try++) {
            try {
                return Http::baseUrl(config('services.square.url'))
                    ->withToken(config('services.square.token'))
                    ->withHeaders(['Square-Version' => self::VERSION])
                    ->connectTimeout(3)
                    ->timeout(15)
                    ->post('/v2/payments', [
                        'idempotency_key' => (string) Str::uuid(),
                        'source_id' => $charge->card_id,
                        'customer_id' => $charge->customer_id,
                        'location_id' => $charge->location_id,
                        'reference_id' => (string) $charge->id,
                        'amount_money' => ['amount' => $charge->amount_minor, 'currency' => $charge->currency],
                    ])
                    ->throw()
                    ->json('payment');
            } catch (ConnectionException|RequestException $e) {
                if ($try === 3 || ! $this->transient($e)) {
                    throw $e;
                }
                usleep(random_int(200_000, 400_000) * 2 ** $try);
            }
        }
    }

    private function transient(Throwable $e): bool
    {
        return $e instanceof ConnectionException
            || ($e instanceof RequestException && in_array($e->response->status(), [429, 500, 502, 503, 504], true));
    }
}
