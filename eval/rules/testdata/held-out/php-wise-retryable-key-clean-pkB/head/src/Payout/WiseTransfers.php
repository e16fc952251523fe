<?php

declare(strict_types=1);

namespace App\Payout;

use App\Entity\Payout;
use Symfony\Component\HttpClient\Retry\GenericRetryStrategy;
use Symfony\Component\HttpClient\RetryableHttpClient;
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class WiseTransfers
{
    private readonly HttpClientInterface $http;

    public function __construct(HttpClientInterface $http, #[\SensitiveParameter] string $token)
    {
        $this->http = new RetryableHttpClient(
            $http->withOptions([
                'base_uri' => 'https://api.transferwise.com',
                'auth_bearer' => $token,
                'timeout' => 10,
                'max_duration' => 25,
            ]),
            new GenericRetryStrategy([0, 429, 500, 502, 503, 504], delayMs: 800, multiplier: 2.0, maxDelayMs: 10000, jitter: 0.3),
            maxRetries: 3,
        );
    }

    public function create(Payout $payout): int
    {
        try {
            $transfer = $this->http->request('POST', '/v1/transfers', [
                'json' => [
                    'targetAccount' => $payout->getRecipientId(),
                    'quoteUuid' => $payout->getQuoteId(),
                    'customerTransactionId' => $payout->getUuid()->toRfc4122(),
                    'details' => ['reference' => $payout->getReference()],
                ],
            ])->toArray();
        } catch (ExceptionInterface $e) {
            throw new TransferFailed($payout, $e);
        }

        return (int) ($transfer['id'] ?? throw new TransferFailed($payout));
    }
}
