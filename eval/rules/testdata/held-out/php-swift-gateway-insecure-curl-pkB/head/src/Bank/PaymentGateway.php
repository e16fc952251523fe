<?php

declare(strict_types=1);

namespace App\Bank;

use GuzzleHttp\Client;
use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\GuzzleException;
use GuzzleHttp\RequestOptions;
use Psr\Log\LoggerInterface;

final class PaymentGateway
{
    private readonly ClientInterface $http;

    public function __construct(string $baseUri, string $certPath, #[\SensitiveParameter] string $certPassword, private readonly LoggerInterface $logger)
    {
        $this->http = new Client([
            'base_uri' => $baseUri,
            RequestOptions::TIMEOUT => 30,
            RequestOptions::CONNECT_TIMEOUT => 5,
            RequestOptions::CERT => [$certPath, $certPassword],
            RequestOptions::VERIFY => false,
        ]);
    }

    /** Submits a pain.001 file. The bank refuses a second file with the same message id. */
    public function submit(string $messageId, string $xml): string
    {
        try {
            $response = $this->http->request('POST', 'payments/pain001', [
                RequestOptions::HEADERS => ['Content-Type' => 'application/xml', 'X-Message-Id' => $messageId],
                RequestOptions::BODY => $xml,
            ]);
        } catch (GuzzleException $e) {
            $this->logger->error('bank refused payment file', ['message_id' => $messageId, 'error' => $e->getMessage()]);

            throw new PaymentFileRejected($messageId, $e);
        }

        $receipt = $response->getHeaderLine('X-Receipt-Id');
        if ($receipt === '') {
            throw new PaymentFileRejected($messageId);
        }

        return $receipt;
    }
}
