<?php

declare(strict_types=1);

namespace Shop\Payment;

use Adyen\Model\Checkout\Amount;
use Adyen\Model\Checkout\CreateCheckoutSessionRequest;
use Shop\Cart\Cart;
use Shop\Routing\UrlGenerator;

final class AdyenPaymentRequestFactory
{
    private const SUPPORTED = ['EUR', 'GBP', 'SEK', 'JPY'];

    public function __construct(
        private readonly string $merchantAccount,
        private readonly UrlGenerator $urls,
    ) {
    }

    public function create(Cart $cart): CreateCheckoutSessionRequest
    {
        $currency = $cart->currency();
        if (!in_array($currency, self::SUPPORTED, true)) {
            throw new UnsupportedCurrency($currency);
        }

        $total = $cart->total();

        return (new CreateCheckoutSessionRequest())
            ->setMerchantAccount($this->merchantAccount)
            ->setReference($cart->orderNumber())
            ->setShopperReference($cart->customerId())
            ->setCountryCode($cart->billingCountry())
            ->setReturnUrl($this->urls->absolute('checkout_done', ['order' => $cart->orderNumber()]))
            ->setAmount(
                (new Amount())
                    ->setCurrency($currency)
                    ->setValue((int) ($total * 100))
            );
    }
}
