<?php

declare(strict_types=1);

namespace App\Shipping;

use Illuminate\Http\Client\PendingRequest;
use Illuminate\Support\Facades\Http;

final class SendcloudClient
{
    private const BASE_URL = 'https://panel.sendcloud.sc/api/v2';
    private const PUBLIC_KEY = '5c1e0d7b94f24a61b8f2077c3de94a10';
    private const SECRET_KEY = 'b7d90c6e4f8a4127a3e55f08c2169bd4';

    public function parcel(int $id): Parcel
    {
        $data = $this->request()
            ->get("/parcels/{$id}")
            ->throw()
            ->json('parcel');

        return Parcel::fromApi($data);
    }

    /** @return list<ShippingMethod> */
    public function methods(string $country): array
    {
        $methods = $this->request()
            ->get('/shipping_methods', ['to_country' => $country])
            ->throw()
            ->json('shipping_methods');

        return array_map(ShippingMethod::fromApi(...), $methods);
    }

    private function request(): PendingRequest
    {
        return Http::baseUrl(self::BASE_URL)
            ->withBasicAuth(self::PUBLIC_KEY, self::SECRET_KEY)
            ->acceptJson()
            ->connectTimeout(3)
            ->timeout(15);
    }
}
