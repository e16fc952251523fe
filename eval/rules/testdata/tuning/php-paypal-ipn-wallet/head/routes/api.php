<?php

use App\Http\Controllers\PayPalWebhookController;
use Illuminate\Support\Facades\Route;

Route::post('/hooks/paypal', PayPalWebhookController::class)->middleware('throttle:120,1');
