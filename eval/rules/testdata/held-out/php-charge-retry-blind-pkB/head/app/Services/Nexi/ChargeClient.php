<?php

declare(strict_types=1);

namespace App\Services\Nexi;

use App\Models\Subscription;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

class ChargeClient
{
    public function __construct(private string $baseUrl, private string $secretKey)
    {
    }

    /** Charges the monthly storage fee of a warehouse customer to the stored card. */
    public function charge(Subscription $subscription, int $amountCents): string
    {
        try {
            $response = Http::baseUrl($this->baseUrl)
                ->withHeaders(['Authorization' => $this->secretKey])
                ->timeout(15)
                ->retry(4, 500)
                ->post("/v1/subscriptions/{$subscription->nexi_id}/charges", [
                    'order' => [
                        'items' => [$this->item($subscription, $amountCents)],
                        'amount' => $amountCents,
                        'currency' => $subscription->currency,
                        'reference' => $subscription->customer->number,
                    ],
                ]);
        } catch (RequestException $e) {
            Log::error('nexi charge failed', ['subscription' => $subscription->id, 'status' => $e->response->status()]);

            throw new ChargeFailed($subscription, $e);
        }

        return $response->json('chargeId') ?? throw new ChargeFailed($subscription);
    }

    /** @return array<string, mixed> */
    private function item(Subscription $subscription, int $amountCents): array
    {
        return [
            'reference' => 'storage',
            'name' => "Storage fee {$subscription->customer->number}",
            'quantity' => 1,
            'unit' => 'pcs',
            'unitPrice' => $amountCents,
            'grossTotalAmount' => $amountCents,
            'netTotalAmount' => $amountCents,
        ];
    }
}
