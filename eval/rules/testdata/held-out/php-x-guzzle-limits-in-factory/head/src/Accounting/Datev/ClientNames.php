<?php

declare(strict_types=1);

namespace Acme\Accounting\Datev;

use Acme\Http\ClientFactory;
use GuzzleHttp\Client;
use GuzzleHttp\Exception\GuzzleException;

final class ClientNames
{
    private readonly Client $http;

    public function __construct(ClientFactory $factory, string $baseUri, private readonly TokenStore $tokens)
    {
        $this->http = $factory->forBase($baseUri);
    }

    public function name(string $consultantId, string $clientId): string
    {
        try {
            $response = $this->http->get('clients/' . rawurlencode($clientId), [
                'headers' => ['Authorization' => 'Bearer ' . $this->tokens->accessToken($consultantId)],
            ]);
            $client = json_decode((string) $response->getBody(), true, 16, JSON_THROW_ON_ERROR);
        } catch (GuzzleException | \JsonException $e) {
            throw new DatevUnavailable('client ' . $clientId, previous: $e);
        }

        return $client['name'] ?? throw new DatevUnavailable('client ' . $clientId . ' without a name');
    }
}
