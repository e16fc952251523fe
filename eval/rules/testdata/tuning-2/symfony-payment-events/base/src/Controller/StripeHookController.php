<?php

declare(strict_types=1);

namespace App\Controller;

use Doctrine\DBAL\Connection;
use Doctrine\DBAL\Exception\UniqueConstraintViolationException;
use Psr\Log\LoggerInterface;
use Stripe\Exception\SignatureVerificationException;
use Stripe\Webhook;
use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Routing\Attribute\Route;

final class StripeHookController
{
    private const MAX_BODY = 524288;
    private const TYPES = ['payment_intent.succeeded'];

    public function __construct(
        private readonly Connection $db,
        private readonly LoggerInterface $logger,
        #[Autowire(env: 'STRIPE_WEBHOOK_SECRET')] private readonly string $secret,
    ) {
    }

    #[Route('/hooks/stripe', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        if ((int) $request->headers->get('Content-Length', '0') > self::MAX_BODY) {
            return new Response(status: 413);
        }
        $body = $request->getContent();
        try {
            $event = Webhook::constructEvent($body, $request->headers->get('Stripe-Signature', ''), $this->secret);
        } catch (\UnexpectedValueException|SignatureVerificationException $e) {
            $this->logger->notice('stripe event refused', ['reason' => $e::class]);

            return new Response(status: 400);
        }
        if (!\in_array($event->type, self::TYPES, true)) {
            return new Response(status: 204);
        }

        // handled_at stays null until app:payments:work has dealt with the row
        $this->db->insert('stripe_event', ['id' => $event->id, 'type' => $event->type, 'body' => $body]);

        return new Response(status: 204);
    }
}
