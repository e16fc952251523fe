<?php

declare(strict_types=1);

namespace App\Payment\Adyen;

use App\Entity\Order;
use App\Entity\OrderLine;

final class SessionRequestFactory
{
    /** Markets and their currencies; the amounts of an order are decimal strings. */
    private const CURRENCIES = ['NL' => 'EUR', 'DE' => 'EUR', 'GB' => 'GBP', 'JP' => 'JPY', 'KW' => 'KWD'];

    public function __construct(
        private readonly string $merchantAccount,
        private readonly string $returnUrl,
    ) {
    }

    /** @return array<string, mixed> */
    public function create(Order $order): array
    {
        $currency = self::CURRENCIES[$order->getCountry()] ?? throw new UnsupportedCountry($order->getCountry());

        return [
            'merchantAccount' => $this->merchantAccount,
            'reference' => $order->getNumber(),
            'countryCode' => $order->getCountry(),
            'returnUrl' => $this->returnUrl . '?order=' . rawurlencode($order->getNumber()),
            'amount' => ['value' => $this->minorUnits($order->getTotal()), 'currency' => $currency],
            'lineItems' => array_map(
                fn (OrderLine $line): array => [
                    'id' => (string) $line->getId(),
                    'description' => $line->getTitle(),
                    'quantity' => $line->getQuantity(),
                    'amountIncludingTax' => $this->minorUnits($line->getUnitPrice()),
                ],
                $order->getLines(),
            ),
        ];
    }

    private function minorUnits(string $amount): int
    {
        return (int) bcmul($amount, '100', 0);
    }
}
