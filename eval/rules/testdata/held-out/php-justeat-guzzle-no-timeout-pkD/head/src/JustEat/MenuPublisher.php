<?php

declare(strict_types=1);

namespace App\JustEat;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\BadResponseException;
use GuzzleHttp\Exception\GuzzleException;
use Psr\Log\LoggerInterface;

final class MenuPublisher
{
    private Client $http;

    public function __construct(
        string $baseUri,
        private readonly string $apiKey,
        private readonly LoggerInterface $logger,
    ) {
        $this->http = new Client(['base_uri' => $baseUri]);
    }

    /**
     * @param array<string, mixed> $menu
     *
     * @throws MenuRejected|MenuUnavailable
     */
    public function publish(string $restaurantId, array $menu): string
    {
        try {
            $response = $this->http->put(sprintf('restaurants/%s/menu', rawurlencode($restaurantId)), [
                'headers' => ['X-JE-Api-Key' => $this->apiKey],
                'json' => $menu,
            ]);
        } catch (BadResponseException $e) {
            $status = $e->getResponse()->getStatusCode();
            $this->logger->error('menu refused', ['restaurant' => $restaurantId, 'status' => $status]);
            throw new MenuRejected($restaurantId, $status, $e);
        } catch (GuzzleException $e) {
            throw new MenuUnavailable($restaurantId, $e);
        }

        $body = json_decode((string) $response->getBody(), true, 32, JSON_THROW_ON_ERROR);

        return $body['ingestionId'] ?? throw new MenuRejected($restaurantId, $response->getStatusCode());
    }
}
