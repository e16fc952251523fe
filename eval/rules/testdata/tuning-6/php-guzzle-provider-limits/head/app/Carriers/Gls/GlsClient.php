<?php

namespace App\Carriers\Gls;

use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\GuzzleException;
use GuzzleHttp\Exception\RequestException;
use Illuminate\Support\Facades\Log;

class GlsClient
{
    public function __construct(private readonly ClientInterface $http)
    {
    }

    /** @throws GlsUnavailable */
    public function podUrl(string $parcelNumber): ?string
    {
        try {
            $response = $this->http->request('GET', 'tracking/pod/'.rawurlencode($parcelNumber), [
                'headers' => ['Accept' => 'application/glsVersion1+json'],
            ]);
        } catch (RequestException $e) {
            if ($e->getResponse()?->getStatusCode() === 404) {
                return null;
            }
            Log::warning('gls pod not loaded', ['status' => $e->getResponse()?->getStatusCode()]);
            throw new GlsUnavailable('proof of delivery not loaded', previous: $e);
        } catch (GuzzleException $e) {
            throw new GlsUnavailable('gls not reachable', previous: $e);
        }

        $data = json_decode((string) $response->getBody(), true, 16);
        if (! is_array($data)) {
            throw new GlsUnavailable('proof of delivery not readable');
        }

        return is_string($data['url'] ?? null) ? $data['url'] : null;
    }
}
