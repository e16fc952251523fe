<?php

declare(strict_types=1);

namespace App\Services\Dhl;

use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

class ServicePointFinder
{
    /** @return list<ServicePoint> */
    public function near(string $country, string $postcode): array
    {
        $key = 'dhl-points:' . strtoupper($country) . ':' . preg_replace('/\W/', '', $postcode);

        return Cache::remember($key, now()->addHours(12), fn () => $this->load($country, $postcode));
    }

    /** @return list<ServicePoint> */
    private function load(string $country, string $postcode): array
    {
        try {
            $locations = Http::withHeaders(['DHL-API-Key' => config('services.dhl.key')])
                ->acceptJson()
                ->get('https://api.dhl.com/location-finder/v1/find-by-address', [
                    'countryCode' => $country,
                    'postalCode' => $postcode,
                    'limit' => 20,
                ])
                ->throw()
                ->json('locations', []);
        } catch (ConnectionException | RequestException $e) {
            Log::warning('dhl location finder failed', ['country' => $country, 'exception' => $e::class]);

            throw new CarrierUnavailable('dhl', previous: $e);
        }

        return array_map(ServicePoint::fromDhl(...), $locations);
    }
}
