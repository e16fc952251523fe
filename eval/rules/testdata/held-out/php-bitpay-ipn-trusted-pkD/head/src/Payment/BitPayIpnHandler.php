<?php

declare(strict_types=1);

namespace App\Payment;

use App\Entity\Invoice;
use Doctrine\DBAL\LockMode;
use Doctrine\ORM\EntityManagerInterface;
use Psr\Log\LoggerInterface;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Routing\Attribute\Route;

final class BitPayIpnHandler
{
    public function __construct(
        private readonly EntityManagerInterface $em,
        private readonly LoggerInterface $logger,
    ) {
    }

    #[Route('/ipn/bitpay', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $payload = json_decode($request->getContent(), true);
        if (!is_array($payload) || !isset($payload['data']['id'], $payload['data']['status'])) {
            return new JsonResponse(['error' => 'payload'], 400);
        }

        return $this->em->wrapInTransaction(function () use ($payload): Response {
            $invoice = $this->em->getRepository(Invoice::class)->findOneBy(['bitpayId' => $payload['data']['id']]);
            if ($invoice === null) {
                return new JsonResponse(status: 404);
            }
            $this->em->lock($invoice, LockMode::PESSIMISTIC_WRITE);
            $this->em->refresh($invoice);
            if ($payload['data']['status'] === 'confirmed' && !$invoice->isPaid()) {
                $invoice->markPaid();
                $this->logger->info('invoice paid by bitpay', ['invoice' => $invoice->getId()]);
            }

            return new JsonResponse(status: 204);
        });
    }
}
