<?php

declare(strict_types=1);

namespace Acme\Tax;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\GuzzleException;
use Psr\Log\LoggerInterface;

final class ViesClient
{
    private Client $http;

    public function __construct(private readonly LoggerInterface $logger)
    {
        $this->http = new Client([
            'base_uri' => 'https://ec.europa.eu/taxation_customs/vies/rest-api/',
            'headers' => ['Accept' => 'application/json', 'User-Agent' => 'acme-checkout/3'],
        ]);
    }

    /** @throws VatCheckUnavailable */
    public function isValid(string $country, string $number): bool
    {
        if (!preg_match('/^[A-Z]{2}$/', $country) || !preg_match('/^[A-Z0-9+*.]{2,12}$/', $number)) {
            return false;
        }

        try {
            $response = $this->http->get("ms/{$country}/vat/" . rawurlencode($number));
            $body = json_decode((string) $response->getBody(), true, 16, JSON_THROW_ON_ERROR);
        } catch (GuzzleException | \JsonException $e) {
            $this->logger->warning('VIES lookup failed', ['country' => $country, 'error' => $e->getMessage()]);

            throw new VatCheckUnavailable('VIES is not available', 0, $e);
        }

        if (!is_bool($body['isValid'] ?? null)) {
            throw new VatCheckUnavailable('VIES sent an unexpected answer');
        }

        return $body['isValid'];
    }
}
