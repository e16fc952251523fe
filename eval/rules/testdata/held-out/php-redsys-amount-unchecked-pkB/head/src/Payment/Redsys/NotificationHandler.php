<?php

declare(strict_types=1);

namespace App\Payment\Redsys;

use App\Entity\Order;
use App\Repository\OrderRepository;
use Doctrine\DBAL\LockMode;
use Doctrine\ORM\EntityManagerInterface;
use Psr\Log\LoggerInterface;

final class NotificationHandler
{
    public function __construct(
        private readonly Signature $signature,
        private readonly OrderRepository $orders,
        private readonly EntityManagerInterface $em,
        private readonly LoggerInterface $logger,
    ) {
    }

    /**
     * @param string $parameters Ds_MerchantParameters
     * @param string $given      Ds_Signature
     */
    public function handle(string $parameters, string $given): bool
    {
        $data = json_decode((string) base64_decode(strtr($parameters, '-_', '+/'), true), true);
        if (!is_array($data) || !isset($data['Ds_Order'], $data['Ds_Response'])) {
            return false;
        }
        if (!$this->signature->matches($parameters, (string) $data['Ds_Order'], $given)) {
            $this->logger->warning('redsys signature does not match', ['order' => $data['Ds_Order']]);

            return false;
        }

        $this->em->wrapInTransaction(function () use ($data): void {
            $order = $this->orders->findOneByNumber((string) $data['Ds_Order']) ?? throw new UnknownOrder($data['Ds_Order']);
            $this->em->lock($order, LockMode::PESSIMISTIC_WRITE);
            $this->em->refresh($order);
            if ($order->getState() !== Order::AWAITING_PAYMENT) {
                return;
            }
            if ((int) $data['Ds_Response'] <= 99) {
                $order->markPaid((string) ($data['Ds_AuthorisationCode'] ?? ''));
            } else {
                $order->markRefused((string) $data['Ds_Response']);
            }
        });

        return true;
    }
}
