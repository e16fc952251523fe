<?php

declare(strict_types=1);

namespace App\Woo;

use Brick\Math\Exception\MathException;
use Brick\Math\RoundingMode;
use Brick\Money\Exception\MoneyException;
use Brick\Money\Money;

/** Totals of a WooCommerce order; the REST API sends them as decimal strings. */
final class OrderTotals
{
    private function __construct(
        public readonly Money $total,
        public readonly Money $tax,
        public readonly Money $shipping,
    ) {
    }

    public static function fromPayload(array $order): self
    {
        foreach (['currency', 'total', 'total_tax', 'shipping_total'] as $field) {
            if (!\is_string($order[$field] ?? null)) {
                throw new MalformedOrder("order lacks $field");
            }
        }

        try {
            $totals = new self(
                total: self::money($order['total'], $order['currency']),
                tax: self::money($order['total_tax'], $order['currency']),
                shipping: self::money($order['shipping_total'], $order['currency']),
            );
        } catch (MathException|MoneyException $e) {
            throw new MalformedOrder('order has an unreadable amount', previous: $e);
        }
        if ($totals->total->isNegative() || $totals->total->isLessThan($totals->tax)) {
            throw new MalformedOrder('order totals contradict each other');
        }

        return $totals;
    }

    /** Shops may be set to more decimals than the currency has; anything beyond that must be zero. */
    private static function money(string $amount, string $currency): Money
    {
        return Money::of($amount, $currency, roundingMode: RoundingMode::UNNECESSARY);
    }

    public function totalMinor(): int
    {
        return $this->total->getMinorAmount()->toInt();
    }
}
