<?php

declare(strict_types=1);

namespace App\Services\Tax;

use App\Models\Order;
use Illuminate\Support\Facades\Http;

final class AvalaraClient
{
    private const BASE = [
        'production' => 'https://rest.avatax.com',
        'sandbox' => 'https://sandbox-rest.avatax.com',
    ];

    /** @return numeric-string */
    public function taxFor(Order $order): string
    {
        $response = Http::baseUrl(self::BASE[config('avalara.environment')])
            ->withBasicAuth(config('avalara.account_id'), config('avalara.license_key'))
            ->timeout(config('avalara.timeout'))
            ->post('/api/v2/transactions/create', [
                'type' => 'SalesOrder',
                'companyCode' => config('avalara.company_code'),
                'date' => $order->placed_at->toDateString(),
                'customerCode' => (string) $order->customer_id,
                'addresses' => ['singleLocation' => $order->shippingAddress->toAvalara()],
                'lines' => $order->lines->map->toAvalara()->all(),
            ])
            ->throw();

        return number_format((float) $response->json('totalTax'), 2, '.', '');
    }
}
