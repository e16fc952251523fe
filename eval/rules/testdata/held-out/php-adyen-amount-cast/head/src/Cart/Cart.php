<?php

declare(strict_types=1);

namespace Shop\Cart;

interface Cart
{
    public function orderNumber(): string;

    public function customerId(): string;

    public function billingCountry(): string;

    public function currency(): string;

    /** Total with tax, in the currency's main unit. */
    public function total(): float;
}
