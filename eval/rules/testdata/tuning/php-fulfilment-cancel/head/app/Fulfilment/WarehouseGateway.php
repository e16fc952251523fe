<?php

declare(strict_types=1);

namespace App\Fulfilment;

use App\Models\Order;
use GuzzleHttp\Client;
use GuzzleHttp\ClientInterface;
use GuzzleHttp\RequestOptions;

class WarehouseGateway
{
    private ClientInterface $http;

    public function __construct(string $baseUri, string $token, ?ClientInterface $http = null)
    {
        $this->http = $http ?? new Client([
            'base_uri' => $baseUri,
            RequestOptions::HTTP_ERRORS => false,
            RequestOptions::CONNECT_TIMEOUT => 2.0,
            RequestOptions::TIMEOUT => 10.0,
            RequestOptions::HEADERS => [
                'Authorization' => 'Bearer ' . $token,
                'Accept' => 'application/json',
            ],
        ]);
    }

    public function stock(string $sku): int
    {
        $response = $this->http->request('GET', 'stock/' . rawurlencode($sku));
        if ($response->getStatusCode() === 404) {
            return 0;
        }
        if ($response->getStatusCode() !== 200) {
            throw new WarehouseException('Stock lookup failed: ' . $response->getStatusCode());
        }

        return (int) json_decode((string) $response->getBody(), true, 16, JSON_THROW_ON_ERROR)['available'];
    }

    public function cancel(Order $order, string $reason): void
    {
        $this->http->request('PUT', 'shipments/' . rawurlencode($order->shipment_ref) . '/cancellation', [
            RequestOptions::JSON => ['reason' => $reason],
        ]);

        $order->status = 'cancelled';
        $order->cancelled_at = now();
        $order->save();
    }
}
