<?php

declare(strict_types=1);

namespace App\Controller\Webhook;

use App\Message\ParcelStatusChanged;
use Psr\Log\LoggerInterface;
use Symfony\Bundle\FrameworkBundle\Controller\AbstractController;
use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Attribute\AsController;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

#[AsController]
final class SendcloudController extends AbstractController
{
    public function __construct(
        private readonly MessageBusInterface $bus,
        private readonly LoggerInterface $logger,
        #[Autowire(env: 'SENDCLOUD_WEBHOOK_KEY')] private readonly string $key,
    ) {
    }

    #[Route('/webhooks/sendcloud', name: 'webhook_sendcloud', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $expected = hash_hmac('sha256', $request->getContent(), $this->key);
        if (!hash_equals($expected, (string) $request->headers->get('Sendcloud-Signature'))) {
            $this->logger->warning('sendcloud signature mismatch', ['ip' => $request->getClientIp()]);

            return new Response(status: Response::HTTP_UNAUTHORIZED);
        }

        try {
            $payload = $request->toArray();
        } catch (\JsonException|\Symfony\Component\HttpFoundation\Exception\JsonException) {
            return new Response(status: Response::HTTP_BAD_REQUEST);
        }
        if ('parcel_status_changed' !== ($payload['action'] ?? null)) {
            return new Response(status: Response::HTTP_NO_CONTENT);
        }

        $parcelId = $payload['parcel']['id'] ?? null;
        $statusId = $payload['parcel']['status']['id'] ?? null;
        if (!\is_int($parcelId) || !\is_int($statusId)) {
            $this->logger->error('sendcloud payload without parcel or status');

            return new Response(status: Response::HTTP_UNPROCESSABLE_ENTITY);
        }

        // async transport (doctrine); the handler ignores states older than the stored one
        $this->bus->dispatch(new ParcelStatusChanged($parcelId, $statusId, (int) ($payload['timestamp'] ?? 0)));

        return new Response(status: Response::HTTP_ACCEPTED);
    }
}
