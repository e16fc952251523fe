<?php

declare(strict_types=1);

namespace Acme\Shop\Erp;

use Acme\Shop\Entity\Order;
use Acme\Shop\Repository\OrderRepository;
use GuzzleHttp\ClientInterface;
use GuzzleHttp\Exception\ConnectException;
use Psr\Log\LoggerInterface;

final class OrderTransfer
{
    public function __construct(
        private readonly ClientInterface $businessCentral,
        private readonly AccessTokenProvider $tokens,
        private readonly OrderRepository $orders,
        private readonly LoggerInterface $logger,
        private readonly string $companyId,
    ) {
    }

    public function transfer(Order $order): bool
    {
        try {
            $this->businessCentral->request('POST', "companies({$this->companyId})/salesOrders", [
                'http_errors' => false,
                'connect_timeout' => 5,
                'timeout' => 30,
                'headers' => ['Authorization' => 'Bearer ' . $this->tokens->get()],
                'json' => [
                    'externalDocumentNumber' => $order->getNumber(),
                    'customerNumber' => $order->getDebtorNumber(),
                    'orderDate' => $order->getPlacedAt()->format('Y-m-d'),
                    'currencyCode' => $order->getCurrency(),
                ],
            ]);
        } catch (ConnectException $e) {
            $this->logger->warning('business central not reachable', ['order' => $order->getNumber()]);

            return false;
        }

        $order->markTransferred(new \DateTimeImmutable());
        $this->orders->save($order);
        $this->logger->info('order transferred', ['order' => $order->getNumber()]);

        return true;
    }
}
