<?php

declare(strict_types=1);

namespace App\Shopify;

use App\Order\Line;
use App\Order\Order;
use Brick\Math\BigDecimal;
use DateTimeImmutable;
use UnexpectedValueException;

/** Maps the REST representation of an order to ours. */
final class OrderMapper
{
    public function map(array $payload): Order
    {
        foreach (['id', 'currency', 'created_at', 'total_price', 'line_items'] as $field) {
            if (!isset($payload[$field])) {
                throw new UnexpectedValueException("order without $field");
            }
        }

        $order = new Order(
            externalId: (string) $payload['id'],
            currency: $payload['currency'],
            total: BigDecimal::of($payload['total_price']),
            placedAt: new DateTimeImmutable($payload['created_at']),
        );
        foreach ($payload['line_items'] as $item) {
            $order->add($this->line($item));
        }

        return $order;
    }

    private function line(array $item): Line
    {
        if (!isset($item['sku'], $item['quantity'], $item['price']) || $item['quantity'] < 1) {
            throw new UnexpectedValueException('incomplete order line');
        }

        return new Line(
            sku: (string) $item['sku'],
            quantity: (int) $item['quantity'],
            unitPrice: BigDecimal::of($item['price']),
        );
    }
}
