<?php

declare(strict_types=1);

namespace App\Controller;

use App\Square\EventApplier;
use Psr\Log\LoggerInterface;
use Square\Utils\WebhooksHelper;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Routing\Attribute\Route;

final class SquareWebhookController
{
    public function __construct(
        private readonly EventApplier $applier,
        private readonly LoggerInterface $logger,
        private readonly string $signatureKey,
        private readonly string $notificationUrl,
    ) {
    }

    #[Route('/square/events', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $body = $request->getContent();
        $signature = (string) $request->headers->get('x-square-hmacsha256-signature', '');
        if (!WebhooksHelper::verifySignature($body, $signature, $this->signatureKey, $this->notificationUrl)) {
            return new JsonResponse(['error' => 'signature'], Response::HTTP_FORBIDDEN);
        }

        $event = json_decode($body, true);
        if (!is_array($event) || !is_string($event['event_id'] ?? null) || !is_string($event['type'] ?? null)) {
            return new JsonResponse(['error' => 'payload'], Response::HTTP_BAD_REQUEST);
        }

        try {
            // records event_id under a unique index in the same transaction
            $this->applier->applyOnce($event['event_id'], $event['type'], $event['data'] ?? []);
        } catch (\Throwable $e) {
            $this->logger->error('square event failed', ['event' => $event['event_id'], 'exception' => $e]);
        }

        return new JsonResponse(['received' => true]);
    }
}
