<?php

use App\Http\Controllers\Webhooks\ShopifyOrderController;
use App\Http\Controllers\Webhooks\StripeController;
use App\Http\Middleware\VerifyStripeSignature;
use Illuminate\Support\Facades\Route;

Route::prefix('webhooks')->group(function (): void {
    Route::post('/stripe', StripeController::class)
        ->middleware(VerifyStripeSignature::class)
        ->name('webhooks.stripe');

    Route::post('/shopify/orders-create', [ShopifyOrderController::class, 'created'])
        ->name('webhooks.shopify.orders');
});
