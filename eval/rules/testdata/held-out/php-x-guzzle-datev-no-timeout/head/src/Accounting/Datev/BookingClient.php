<?php

declare(strict_types=1);

namespace Acme\Accounting\Datev;

use GuzzleHttp\Client;
use GuzzleHttp\Exception\GuzzleException;
use GuzzleHttp\RequestOptions;
use Psr\Log\LoggerInterface;

final class BookingClient
{
    private readonly Client $http;

    public function __construct(
        string $baseUri,
        private readonly TokenStore $tokens,
        private readonly LoggerInterface $logger,
    ) {
        $this->http = new Client([
            'base_uri' => $baseUri,
            RequestOptions::HEADERS => ['Accept' => 'application/json', 'User-Agent' => 'acme-erp/4'],
        ]);
    }

    /**
     * The state of an import job, asked for by the status page and by the nightly check.
     *
     * @return array{state: string, messages: list<string>}
     */
    public function jobState(string $clientId, string $jobId): array
    {
        try {
            $response = $this->http->get(sprintf('clients/%s/extf-files/jobs/%s', rawurlencode($clientId), rawurlencode($jobId)), [
                RequestOptions::HEADERS => ['Authorization' => 'Bearer ' . $this->tokens->accessToken($clientId)],
            ]);
            $body = json_decode((string) $response->getBody(), true, 16, JSON_THROW_ON_ERROR);
        } catch (GuzzleException | \JsonException $e) {
            $this->logger->error('datev job state failed', ['client' => $clientId, 'job' => $jobId, 'code' => $e->getCode()]);
            throw new DatevUnavailable('job state of ' . $jobId, previous: $e);
        }

        if (!isset($body['result']) || !is_string($body['result'])) {
            throw new DatevUnavailable('job state of ' . $jobId . ': unexpected answer');
        }

        return ['state' => $body['result'], 'messages' => array_column($body['validation_details'] ?? [], 'title')];
    }
}
