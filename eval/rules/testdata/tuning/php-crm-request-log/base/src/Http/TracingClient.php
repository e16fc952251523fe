<?php

declare(strict_types=1);

namespace App\Http;

use Psr\Http\Client\ClientExceptionInterface;
use Psr\Http\Client\ClientInterface;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;
use Psr\Log\LoggerInterface;

/**
 * Decorates the PSR-18 client used for the CRM; credentials are added by AuthClient further out.
 */
final class TracingClient implements ClientInterface
{
    public function __construct(
        private readonly ClientInterface $inner,
        private readonly LoggerInterface $logger,
    ) {
    }

    public function sendRequest(RequestInterface $request): ResponseInterface
    {
        $started = hrtime(true);
        $context = [
            'method' => $request->getMethod(),
            'path' => $request->getUri()->getPath(),
            'request_id' => $request->getHeaderLine('X-Request-Id'),

        ];

        try {
            $response = $this->inner->sendRequest($request);
        } catch (ClientExceptionInterface $e) {
            $this->logger->error('crm request failed', $context + ['exception' => $e::class]);
            throw $e;
        }

        $this->logger->info('crm request', $context + [
            'status' => $response->getStatusCode(),
            'ms' => intdiv(hrtime(true) - $started, 1_000_000),
        ]);

        return $response;
    }
}
