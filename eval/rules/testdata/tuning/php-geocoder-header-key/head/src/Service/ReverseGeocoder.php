<?php

declare(strict_types=1);

namespace App\Service;

use Psr\Log\LoggerInterface;
use Symfony\Contracts\Cache\CacheInterface;
use Symfony\Contracts\Cache\ItemInterface;
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class ReverseGeocoder
{
    private const MAP_ID = 'pub-streets-v4';

    public function __construct(
        private readonly HttpClientInterface $geoClient,
        private readonly CacheInterface $cache,
        private readonly LoggerInterface $logger,
        private readonly string $apiKey,
    ) {
    }

    public function cityAt(float $lat, float $lon): ?string
    {
        $key = sprintf('geo.%.3f.%.3f', $lat, $lon);

        return $this->cache->get($key, function (ItemInterface $item) use ($lat, $lon): ?string {
            $item->expiresAfter(86_400);
            $url = sprintf('/v1/reverse?map=%s&lat=%.5F&lon=%.5F', self::MAP_ID, $lat, $lon);

            try {
                $data = $this->geoClient->request('GET', $url, [
                    'headers' => ['Authorization' => 'Key ' . $this->apiKey],
                    'timeout' => 3,
                    'max_duration' => 6,
                ])->toArray();
            } catch (ExceptionInterface $e) {
                $this->logger->warning('Reverse geocoding failed', ['type' => $e::class]);
                $item->expiresAfter(30);

                return null;
            }

            return is_string($data['city'] ?? null) ? $data['city'] : null;
        });
    }
}
