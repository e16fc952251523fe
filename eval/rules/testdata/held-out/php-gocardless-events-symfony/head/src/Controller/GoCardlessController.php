<?php

declare(strict_types=1);

namespace App\Controller;

use App\Message\ApplyGoCardlessEvent;
use App\Repository\GoCardlessEventRepository;
use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class GoCardlessController
{
    public function __construct(
        private readonly GoCardlessEventRepository $events,
        private readonly MessageBusInterface $bus,
        #[Autowire('%env(GOCARDLESS_WEBHOOK_SECRET)%')] private readonly string $secret,
    ) {
    }

    #[Route('/webhooks/gocardless', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $raw = $request->getContent();
        $mac = hash_hmac('sha256', $raw, $this->secret);
        if (!hash_equals($mac, $request->headers->get('Webhook-Signature') ?? '')) {
            return new Response('Invalid Token', 498);
        }

        try {
            $events = json_decode($raw, true, 16, JSON_THROW_ON_ERROR)['events'] ?? null;
        } catch (\JsonException) {
            $events = null;
        }
        if (!is_array($events)) {
            return new Response('events expected', Response::HTTP_BAD_REQUEST);
        }

        foreach ($events as $event) {
            if (!is_string($event['id'] ?? null)) {
                return new Response('event without id', Response::HTTP_BAD_REQUEST);
            }
            // INSERT IGNORE; the handler takes the row and sets applied_at in one transaction
            $this->events->store($event['id'], $event);
            $this->bus->dispatch(new ApplyGoCardlessEvent($event['id']));
        }

        return new Response('', Response::HTTP_NO_CONTENT);
    }
}
