<?php

declare(strict_types=1);

namespace App\Controller;

use App\Message\RefreshXeroResource;
use Psr\Log\LoggerInterface;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class XeroWebhookController
{

    public function __construct(
        private readonly MessageBusInterface $bus,
        private readonly LoggerInterface $logger,
        private readonly string $xeroWebhookKey,
    ) {
        if ($xeroWebhookKey === '') {
            throw new \InvalidArgumentException('the Xero webhook key is empty');
        }
    }

    #[Route('/webhooks/xero', name: 'webhook_xero', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $raw = $request->getContent();

        $mac = hash_hmac('sha256', $raw, $this->xeroWebhookKey, true);
        $given = base64_decode((string) $request->headers->get('x-xero-signature'), true);
        if ($given === false || !hash_equals($mac, $given)) {
            return new Response(status: Response::HTTP_UNAUTHORIZED);
        }

        $payload = json_decode($raw, true);
        foreach (is_array($payload['events'] ?? null) ? $payload['events'] : [] as $event) {
            if (!isset($event['tenantId'], $event['resourceId'], $event['eventCategory'])) {
                $this->logger->notice('xero event without a resource');
                continue;
            }
            // The handler loads the present state and overwrites ours.
            $this->bus->dispatch(new RefreshXeroResource($event['tenantId'], $event['eventCategory'], $event['resourceId']));
        }

        return new Response();
    }
}
