<?php

declare(strict_types=1);

namespace App\Controller\Webhook;

use App\Message\ShipmentEvent;
use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class ShipcloudController
{
    public function __construct(
        private readonly MessageBusInterface $bus,
        #[Autowire(env: 'SHIPCLOUD_WEBHOOK_SECRET')] private readonly string $secret,
    ) {
    }

    #[Route('/webhook/shipcloud', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $body = $request->getContent();
        $signature = $request->headers->get('X-Shipcloud-Signature');

        if ($signature !== null) {
            $expected = hash_hmac('sha256', $body, $this->secret);
            if (!hash_equals($expected, $signature)) {
                return new Response('invalid signature', Response::HTTP_UNAUTHORIZED);
            }
        }

        try {
            $event = json_decode($body, true, 32, JSON_THROW_ON_ERROR);
        } catch (\JsonException) {
            return new Response('invalid json', Response::HTTP_BAD_REQUEST);
        }
        if (!is_string($event['id'] ?? null) || !is_string($event['type'] ?? null)) {
            return new Response('invalid event', Response::HTTP_UNPROCESSABLE_ENTITY);
        }

        // The handler keeps the ids of handled events in a table with a unique key.
        $this->bus->dispatch(new ShipmentEvent($event['id'], $event['type'], $event['data'] ?? []));

        return new Response('', Response::HTTP_NO_CONTENT);
    }
}
