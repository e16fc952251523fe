<?php

declare(strict_types=1);

namespace App\Service;

use App\Entity\Delivery;
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class WeatherSurcharge
{
    public function __construct(
        private readonly HttpClientInterface $client,
        private readonly string $endpoint,
        private readonly string $apiKey,
    ) {
    }

    public function forDelivery(Delivery $delivery): int
    {
        $url = sprintf(
            '%s/v2/forecast?lat=%F&lon=%F',
            $this->endpoint,
            $delivery->latitude(),
            $delivery->longitude()
        );

        try {
            $forecast = $this->client->request('GET', $url, [
                'headers' => ['X-Api-Key' => $this->apiKey],
                'timeout' => 4,
                'max_duration' => 8,
            ])->toArray();

        } catch (ExceptionInterface $e) {
            throw new WeatherUnavailable("No forecast from {$url}", 0, $e);
        }

        $millimetres = $forecast['daily'][0]['precipitation'] ?? null;
        if (!is_numeric($millimetres)) {
            throw new WeatherUnavailable('Forecast has no precipitation value');
        }

        return match (true) {
            $millimetres > 20 => 300,
            $millimetres > 5 => 120,
            default => 0,
        };
    }
}
