<?php

declare(strict_types=1);

namespace App\Fulfilment;

use App\Models\Order;
use GuzzleHttp\ClientInterface;
use GuzzleHttp\RequestOptions;

class PickingGateway
{
    /** @param ClientInterface $http bound in FulfilmentServiceProvider with base_uri, token and timeouts */
    public function __construct(private ClientInterface $http)
    {
    }

    public function release(Order $order): string
    {
        $response = $this->http->request('PUT', 'picks/' . rawurlencode($order->uuid), [
            RequestOptions::HTTP_ERRORS => false,
            RequestOptions::CONNECT_TIMEOUT => 2.0,
            RequestOptions::TIMEOUT => 10.0,
            RequestOptions::JSON => [
                'lines' => $order->lines->map(fn ($l): array => ['sku' => $l->sku, 'qty' => $l->quantity])->all(),
            ],
        ]);

        return match ($response->getStatusCode()) {
            200, 201 => $this->reference((string) $response->getBody()),
            409 => throw new OrderAlreadyPicked($order->uuid),
            422 => throw new PickRejected($order->uuid),
            default => throw new WarehouseException('Pick release failed: ' . $response->getStatusCode()),
        };
    }

    private function reference(string $json): string
    {
        $data = json_decode($json, true, 16, JSON_THROW_ON_ERROR);
        if (!is_string($data['reference'] ?? null)) {
            throw new WarehouseException('Pick release answered without a reference');
        }

        return $data['reference'];
    }
}
