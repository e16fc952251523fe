<?php

declare(strict_types=1);

namespace App\Payment\Klarna;

use App\Entity\Order;
use App\Entity\OrderLine;

/**
 * Builds the body for POST /checkout/v3/orders. Prices in our entities are decimal strings ("19.99").
 */
final class OrderMapper
{
    public function __construct(private readonly string $publicUrl)
    {
    }

    /**
     * @return array<string, mixed>
     */
    public function map(Order $order): array
    {
        $lines = array_map($this->line(...), $order->getLines()->toArray());

        return [
            'purchase_country' => $order->getCountry(),
            'purchase_currency' => $order->getCurrency(),
            'locale' => $order->getLocale(),
            'order_amount' => array_sum(array_column($lines, 'total_amount')),
            'order_tax_amount' => array_sum(array_column($lines, 'total_tax_amount')),
            'order_lines' => $lines,
            'merchant_reference1' => $order->getNumber(),
            'merchant_urls' => [
                'terms' => $this->publicUrl.'/terms',
                'checkout' => $this->publicUrl.'/checkout/klarna',
                'confirmation' => $this->publicUrl.'/orders/'.$order->getPublicId(),
                'push' => $this->publicUrl.'/webhooks/klarna/'.$order->getPublicId(),
            ],
        ];
    }

    /**
     * @return array<string, mixed>
     */
    private function line(OrderLine $line): array
    {
        $unit = $this->minor($line->getUnitPrice());
        $total = $unit * $line->getQuantity();
        $rate = $line->getTaxRateBasisPoints();

        return [
            'type' => $line->isDigital() ? 'digital' : 'physical',
            'reference' => $line->getSku(),
            'name' => $line->getTitle(),
            'quantity' => $line->getQuantity(),
            'unit_price' => $unit,
            'tax_rate' => $rate,
            'total_amount' => $total,
            'total_tax_amount' => $total - intdiv($total * 10000, 10000 + $rate),
        ];
    }

    private function minor(string $decimal): int
    {
        return (int) ((float) $decimal * 100);
    }
}
