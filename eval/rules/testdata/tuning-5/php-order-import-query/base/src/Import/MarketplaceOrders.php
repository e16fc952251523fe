<?php

declare(strict_types=1);

namespace App\Import;

use PDO;

final class MarketplaceOrders
{
    public function __construct(private readonly PDO $pdo)
    {
    }

    /** @param array<string, string> $order row of the marketplace's CSV feed */
    public function save(array $order): void
    {
        foreach (['order_id', 'buyer_name', 'city', 'total'] as $field) {
            if (!isset($order[$field]) || $order[$field] === '') {
                throw new ImportException("field {$field} is missing");
            }
        }
        if (preg_match('/^\d+\.\d{2}$/', $order['total']) !== 1) {
            throw new ImportException('total is not a decimal');
        }

        $stmt = $this->pdo->prepare(
            'INSERT INTO marketplace_orders (order_id, buyer_name, city, total) VALUES (?, ?, ?, ?)
             ON DUPLICATE KEY UPDATE buyer_name = VALUES(buyer_name), city = VALUES(city)',
        );
        $stmt->execute([$order['order_id'], $order['buyer_name'], $order['city'], $order['total']]);
    }
}
