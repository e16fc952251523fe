<?php

declare(strict_types=1);

namespace App\Marketing;

use App\Entity\Customer;
use GuzzleHttp\Client;
use GuzzleHttp\Exception\BadResponseException;
use GuzzleHttp\Exception\GuzzleException;
use Psr\Log\LoggerInterface;

final class BrevoContacts
{
    private Client $http;

    public function __construct(
        string $apiKey,
        private readonly int $listId,
        private readonly LoggerInterface $logger,
    ) {
        $this->http = new Client([
            'base_uri' => 'https://api.brevo.com/v3/',
            'headers' => ['api-key' => $apiKey, 'Accept' => 'application/json'],
        ]);
    }

    /** Called from the registration form's success handler. */
    public function subscribe(Customer $customer): bool
    {
        try {
            $this->http->post('contacts', [
                'json' => [
                    'email' => $customer->getEmail(),
                    'ext_id' => (string) $customer->getId(),
                    'attributes' => ['VORNAME' => $customer->getFirstName(), 'SPRACHE' => $customer->getLocale()],
                    'listIds' => [$this->listId],
                    'updateEnabled' => true,
                ],
            ]);
        } catch (BadResponseException $e) {
            $this->logger->error('brevo refused contact', [
                'customer' => $customer->getId(),
                'status' => $e->getResponse()->getStatusCode(),
            ]);

            return false;
        } catch (GuzzleException $e) {
            $this->logger->error('brevo not reachable', ['customer' => $customer->getId(), 'error' => $e::class]);

            return false;
        }

        return true;
    }
}
