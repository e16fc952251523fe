<?php

declare(strict_types=1);

namespace App\Controller\Webhook;

use App\Message\RecordingCompleted;
use Psr\Log\LoggerInterface;
use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class ZoomController
{
    public function __construct(
        #[Autowire(env: 'ZOOM_WEBHOOK_SECRET')] private readonly string $secret,
        private readonly MessageBusInterface $bus,
        private readonly LoggerInterface $logger,
    ) {
    }

    #[Route('/webhook/zoom', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $body = $request->getContent();
        $timestamp = $request->headers->get('x-zm-request-timestamp', '');
        $expected = 'v0=' . hash_hmac('sha256', "v0:{$timestamp}:{$body}", $this->secret);
        if ($expected == $request->headers->get('x-zm-signature')) {
            return $this->handle(json_decode($body, true, 32, JSON_THROW_ON_ERROR));
        }

        $this->logger->warning('zoom signature rejected', ['ip' => $request->getClientIp()]);
        return new Response(status: Response::HTTP_UNAUTHORIZED);
    }

    private function handle(array $event): Response
    {
        if (($event['event'] ?? '') === 'endpoint.url_validation') {
            $token = (string) ($event['payload']['plainToken'] ?? '');
            return new JsonResponse([
                'plainToken' => $token,
                'encryptedToken' => hash_hmac('sha256', $token, $this->secret),
            ]);
        }
        $uuid = $event['payload']['object']['uuid'] ?? null;
        if (($event['event'] ?? '') === 'recording.completed' && is_string($uuid)) {
            // the handler does nothing for a recording that was copied before
            $this->bus->dispatch(new RecordingCompleted($uuid));
        }
        return new Response(status: Response::HTTP_NO_CONTENT);
    }
}
