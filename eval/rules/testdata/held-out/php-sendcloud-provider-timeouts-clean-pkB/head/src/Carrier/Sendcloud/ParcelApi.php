<?php

declare(strict_types=1);

namespace App\Carrier\Sendcloud;

use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\GuzzleException;

final class ParcelApi
{
    public function __construct(private readonly ClientInterface $http)
    {
    }

    public function cancel(int $parcelId): bool
    {
        try {
            $response = $this->http->request('POST', "parcels/$parcelId/cancel", ['http_errors' => false]);
        } catch (GuzzleException $e) {
            throw new CarrierUnavailable('sendcloud', $e);
        }

        return match ($response->getStatusCode()) {
            200, 202, 410 => true,
            400 => false,
            default => throw new CarrierException("sendcloud answered {$response->getStatusCode()} for parcel $parcelId"),
        };
    }
}
