<?php

declare(strict_types=1);

namespace App\Controller;

use App\Message\IpnReceived;
use App\PayPal\IpnVerifier;
use Psr\Log\LoggerInterface;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class PayPalIpnController
{
    public function __construct(
        private readonly IpnVerifier $verifier,
        private readonly MessageBusInterface $bus,
        private readonly LoggerInterface $logger,
    ) {
    }

    #[Route('/paypal/ipn', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $raw = $request->getContent();
        if ('' === $raw || \strlen($raw) > 64 * 1024) {
            return new Response('', Response::HTTP_BAD_REQUEST);
        }
        if (!$this->verifier->isGenuine($raw)) {
            $this->logger->warning('IPN refused', ['ip' => $request->getClientIp()]);

            return new Response('', Response::HTTP_FORBIDDEN);
        }

        // doctrine transport; the handler checks receiver, amount and currency and is keyed by txn_id + payment_status
        $this->bus->dispatch(new IpnReceived($raw));

        return new Response('', Response::HTTP_OK);
    }
}
