<?php

use App\Http\Controllers\SquareWebhookController;
use App\Http\Middleware\VerifySquareSignature;
use Illuminate\Support\Facades\Route;

Route::middleware([VerifySquareSignature::class])->group(function (): void {
    Route::post('/hooks/square', SquareWebhookController::class)->name('hooks.square');
});
