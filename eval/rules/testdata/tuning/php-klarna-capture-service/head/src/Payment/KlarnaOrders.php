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

    /** Sets the merchant references, may be repeated any number of times. */
    public function setReferences(string $order, string $reference1, ?string $reference2): void
    {
        $response = $this->klarna->request(
            'PATCH',
            sprintf('/ordermanagement/v1/orders/%s/merchant-references', rawurlencode($order)),
            ['json' => array_filter([
                'merchant_reference1' => $reference1,
                'merchant_reference2' => $reference2,
            ])],
        );
        if ($response->getStatusCode() !== 204) {
            throw new ReferenceNotSet($order);
        }
    }
}
