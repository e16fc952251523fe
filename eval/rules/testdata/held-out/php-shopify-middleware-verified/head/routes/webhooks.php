<?php

use App\Http\Controllers\Webhooks\ProductUpdateController;
use App\Http\Middleware\VerifyShopifyHmac;
use Illuminate\Support\Facades\Route;

Route::middleware(['throttle:webhooks', VerifyShopifyHmac::class])
    ->prefix('webhooks/shopify')
    ->group(function (): void {
        Route::post('/products-update', ProductUpdateController::class)
            ->name('webhooks.shopify.products');
    });

Route::get('/webhooks/health', static fn () => response()->json(['ok' => true]));
