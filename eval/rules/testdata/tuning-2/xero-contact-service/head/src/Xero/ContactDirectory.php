<?php

declare(strict_types=1);

namespace App\Xero;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\BadResponseException;
use GuzzleHttp\Exception\GuzzleException;
use Psr\Log\LoggerInterface;

final class ContactDirectory
{
    private const PAGE_SIZE = 100;

    private readonly Client $http;

    public function __construct(
        private readonly TokenProvider $tokens,
        private readonly LoggerInterface $logger,
    ) {
        $this->http = new Client([
            'base_uri' => 'https://api.xero.com/api.xro/2.0/',
            'allow_redirects' => false,
            'headers' => ['Accept' => 'application/json'],
        ]);
    }

    /** @return iterable<array{ContactID: string, Name: string}> */
    public function all(string $tenantId): iterable
    {
        for ($page = 1; ; $page++) {
            $contacts = $this->page($tenantId, $page);
            yield from $contacts;
            if (count($contacts) < self::PAGE_SIZE) {
                return;
            }
        }
    }

    private function page(string $tenantId, int $page): array
    {
        try {
            $response = $this->http->request('GET', 'Contacts', [
                'query' => ['page' => $page, 'pageSize' => self::PAGE_SIZE, 'order' => 'ContactID'],
                'headers' => [
                    'Authorization' => 'Bearer '.$this->tokens->accessToken($tenantId),
                    'Xero-Tenant-Id' => $tenantId,
                ],
            ]);
        } catch (BadResponseException $e) {
            $status = $e->getResponse()->getStatusCode();
            $this->logger->warning('xero contacts page failed', ['page' => $page, 'status' => $status]);
            throw new XeroUnavailable("xero answered $status", $status);
        } catch (GuzzleException $e) {
            throw new XeroUnavailable('xero cannot be reached', 0, $e);
        }

        return json_decode((string) $response->getBody(), true, 64, JSON_THROW_ON_ERROR)['Contacts'];
    }
}
