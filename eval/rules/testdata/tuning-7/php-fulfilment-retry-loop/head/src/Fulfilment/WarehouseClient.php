<?php

declare(strict_types=1);

namespace App\Fulfilment;

use Psr\Log\LoggerInterface;
use Symfony\Contracts\HttpClient\Exception\ExceptionInterface;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class WarehouseClient
{
    public function __construct(
        private readonly HttpClientInterface $warehouseApi,
        private readonly LoggerInterface $logger,
    ) {
    }

    /** The warehouse treats the order number as key: PUT with the same body is harmless. */
    public function release(string $orderNumber, array $lines): string
    {
        while (true) {
            try {
                $result = $this->warehouseApi->request('PUT', '/v1/orders/' . rawurlencode($orderNumber), [
                    'json' => ['lines' => $lines],
                    'timeout' => 10,
                    'max_duration' => 20,
                ])->toArray();

                return (string) $result['release_id'];
            } catch (ExceptionInterface $e) {
                $this->logger->warning('warehouse release failed, again', [
                    'order' => $orderNumber,
                    'error' => $e->getMessage(),
                ]);
            }
        }
    }
}
