<?php

declare(strict_types=1);

namespace App\Payment;

use App\Entity\Refund;
use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\ClientException;
use Psr\Log\LoggerInterface;

final class MollieRefunds
{
    public function __construct(
        private readonly ClientInterface $mollie,
        private readonly LoggerInterface $logger,
    ) {
    }

    public function submit(Refund $refund): string
    {
        try {
            $response = $this->mollie->request(
                'POST',
                sprintf('/v2/payments/%s/refunds', $refund->getPaymentReference()),
                [
                    'headers' => ['Idempotency-Key' => 'refund-' . $refund->getId()->toRfc4122()],
                    'json' => [
                        'amount' => [
                            'currency' => $refund->getCurrency(),
                            'value' => $refund->getDecimalAmount(),
                        ],
                        'metadata' => ['refund' => (string) $refund->getId()],
                    ],
                ],
            );
        } catch (ClientException $e) {
            $this->logger->warning('refund rejected', [
                'refund' => (string) $refund->getId(),
                'status' => $e->getResponse()->getStatusCode(),
            ]);
            throw new RefundRejected('refund rejected by provider', 0, $e);
        }

        $body = json_decode((string) $response->getBody(), true, 16, JSON_THROW_ON_ERROR);

        return $body['id'];
    }
}
