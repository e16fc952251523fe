<?php

use App\Http\Controllers\Webhooks\WooOrderController;
use Illuminate\Support\Facades\Route;

Route::post('/webhooks/woo/orders', WooOrderController::class)->middleware('throttle:600,1');
