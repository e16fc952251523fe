<?php

declare(strict_types=1);

namespace App\Controller;

use App\Message\CandidateMoved;
use Psr\Log\LoggerInterface;
use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class WorkableWebhookController
{
    public function __construct(
        private readonly MessageBusInterface $bus,
        private readonly LoggerInterface $logger,
        #[Autowire(env: 'WORKABLE_WEBHOOK_SECRET')] private readonly string $secret,
    ) {
        if ($secret === '') {
            throw new \LogicException('WORKABLE_WEBHOOK_SECRET is empty');
        }
    }

    #[Route('/webhooks/workable', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $body = $request->getContent();
        $expected = hash_hmac('sha256', $body, $this->secret);
        if ($request->headers->get('X-Workable-Signature') !== $expected) {
            $this->logger->warning('workable webhook rejected', ['ip' => $request->getClientIp()]);

            return new Response('', Response::HTTP_UNAUTHORIZED);
        }

        try {
            $event = json_decode($body, true, 32, JSON_THROW_ON_ERROR);
        } catch (\JsonException) {
            return new Response('', Response::HTTP_BAD_REQUEST);
        }
        if (!is_string($event['id'] ?? null) || !is_string($event['data']['id'] ?? null)) {
            return new Response('', Response::HTTP_UNPROCESSABLE_ENTITY);
        }

        // The handler keeps the ids of events it has seen.
        $this->bus->dispatch(new CandidateMoved($event['id'], $event['data']['id'], (string) ($event['data']['stage'] ?? '')));

        return new Response('', Response::HTTP_ACCEPTED);
    }
}
