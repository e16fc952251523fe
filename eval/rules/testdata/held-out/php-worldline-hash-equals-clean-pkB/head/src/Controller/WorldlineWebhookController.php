<?php

declare(strict_types=1);

namespace App\Controller;

use App\Message\WorldlinePaymentChanged;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class WorldlineWebhookController
{
    /** @param array<string, string> $keys webhook secrets by key id */
    public function __construct(private readonly array $keys, private readonly MessageBusInterface $bus)
    {
    }

    #[Route('/webhook/worldline', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $secret = $this->keys[(string) $request->headers->get('X-GCS-KeyId')] ?? null;
        if ($secret === null) {
            return new Response('', Response::HTTP_UNAUTHORIZED);
        }
        $expected = base64_encode(hash_hmac('sha256', $request->getContent(), $secret, true));
        if (!hash_equals($expected, (string) $request->headers->get('X-GCS-Signature'))) {
            return new Response('', Response::HTTP_UNAUTHORIZED);
        }

        try {
            $event = json_decode($request->getContent(), true, 32, JSON_THROW_ON_ERROR);
        } catch (\JsonException) {
            return new Response('', Response::HTTP_BAD_REQUEST);
        }
        $paymentId = $event['payment']['id'] ?? null;
        if (!is_string($paymentId)) {
            return new Response('', Response::HTTP_NO_CONTENT);
        }

        // The handler loads the payment from the API and stores its present state, so repeats do no harm.
        $this->bus->dispatch(new WorldlinePaymentChanged($paymentId));

        return new Response('', Response::HTTP_NO_CONTENT);
    }
}
