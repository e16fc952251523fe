<?php

declare(strict_types=1);

namespace App\Services\Address;

use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\Client\RequestException;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Http;

final class PostcodeLookup
{
    public function __construct(private readonly string $apiKey)
    {
    }

    /** @throws AddressLookupFailed */
    public function find(string $postcode, int $houseNumber): ?Address
    {
        $key = sprintf('postcode:%s:%d', sha1($postcode), $houseNumber);
        $found = Cache::get($key);
        if ($found instanceof Address) {
            return $found;
        }

        try {
            $response = Http::withHeaders(['X-Api-Key' => $this->apiKey])
                ->acceptJson()
                ->get('https://api.postcode.example/v2/addresses', [
                    'postcode' => $postcode,
                    'number' => $houseNumber,
                ]);
            if ($response->notFound()) {
                return null;
            }
            $response->throw();
        } catch (ConnectionException | RequestException $e) {
            throw new AddressLookupFailed('postcode service failed', previous: $e);
        }

        $street = $response->json('street');
        $city = $response->json('city');
        if (! is_string($street) || ! is_string($city)) {
            throw new AddressLookupFailed('postcode service sent no street or city');
        }

        $address = new Address($street, $houseNumber, $postcode, $city);
        Cache::put($key, $address, now()->addDay());

        return $address;
    }
}
