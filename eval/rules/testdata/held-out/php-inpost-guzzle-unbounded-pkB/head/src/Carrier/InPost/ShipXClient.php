<?php

declare(strict_types=1);

namespace App\Carrier\InPost;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\GuzzleException;
use Psr\Log\LoggerInterface;

final class ShipXClient
{
    private readonly Client $http;

    public function __construct(
        private readonly string $organizationId,
        #[\SensitiveParameter] string $token,
        private readonly LoggerInterface $logger,
    ) {
        $this->http = new Client([
            'base_uri' => 'https://api-shipx-pl.easypack24.net',
            'headers' => ['Authorization' => 'Bearer ' . $token, 'Accept' => 'application/json'],
        ]);
    }

    /**
     * Points near a postcode; called while the customer looks at the checkout.
     *
     * @return list<Point>
     */
    public function pointsNear(string $postcode, int $limit = 10): array
    {
        try {
            $response = $this->http->get('/v1/points', [
                'query' => ['relative_post_code' => $postcode, 'limit' => $limit, 'type' => 'parcel_locker'],
            ]);
            $body = json_decode((string) $response->getBody(), true, 64, JSON_THROW_ON_ERROR);
        } catch (GuzzleException | \JsonException $e) {
            $this->logger->error('InPost points failed', ['postcode' => $postcode, 'exception' => $e]);

            throw new CarrierUnavailable('inpost', $e);
        }

        return array_map(Point::fromArray(...), $body['items'] ?? []);
    }
}
