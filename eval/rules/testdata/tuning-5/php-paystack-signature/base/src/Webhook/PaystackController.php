<?php

declare(strict_types=1);

namespace App\Webhook;

use App\Message\PaystackEvent;
use Psr\Log\LoggerInterface;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class PaystackController
{
    public function __construct(
        private readonly MessageBusInterface $bus,
        private readonly LoggerInterface $logger,
        private readonly string $secretKey,
    ) {
    }

    #[Route('/webhook/paystack', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $body = $request->getContent();
        $given = (string) $request->headers->get('x-paystack-signature');
        if (!hash_equals(hash_hmac('sha512', $body, $this->secretKey), $given)) {
            return new Response('', Response::HTTP_UNAUTHORIZED);
        }

        $event = json_decode($body, true);
        $reference = $event['data']['reference'] ?? null;
        if (!is_string($reference) || !is_string($event['event'] ?? null)) {
            return new Response('', Response::HTTP_UNPROCESSABLE_ENTITY);
        }
        // the handler locks the payment row and ignores known references
        $this->bus->dispatch(new PaystackEvent($event['event'], $reference));

        return new Response('', Response::HTTP_OK);
    }
}
