<?php

declare(strict_types=1);

namespace App\Payment;

use App\Entity\Capture;
use Symfony\Contracts\HttpClient\Exception\HttpExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class KlarnaOrders
{
    /** @param HttpClientInterface $klarna scoped client with base_uri, auth_basic and timeouts (framework.yaml) */
    public function __construct(private readonly HttpClientInterface $klarna)
    {
    }

    public function capture(Capture $capture): string
    {
        try {
            $response = $this->klarna->request(
                'POST',
                sprintf('/ordermanagement/v1/orders/%s/captures', rawurlencode($capture->getOrderReference())),
                [
                    'headers' => ['Klarna-Idempotency-Key' => 'capture-' . $capture->getId()],
                    'json' => [
                        'captured_amount' => $capture->getAmountMinor(),
                        'reference' => (string) $capture->getId(),
                    ],
                ],
            );

            return $response->getHeaders()['capture-id'][0]
                ?? throw new CaptureFailed('capture id missing');
        } catch (HttpExceptionInterface $e) {
            throw new CaptureFailed('klarna answered ' . $e->getResponse()->getStatusCode(), 0, $e);
        }
    }

}
