<?php

use App\Http\Controllers\ContractController;
use App\Http\Controllers\Webhooks\DocusignConnectController;
use Illuminate\Support\Facades\Route;

Route::middleware('auth:sanctum')->group(function () {
    Route::get('/contracts', [ContractController::class, 'index']);
    Route::get('/contracts/{contract}', [ContractController::class, 'show']);
    Route::post('/contracts/{contract}/send', [ContractController::class, 'send']);
});

Route::post('/webhooks/docusign', DocusignConnectController::class)
    ->middleware('throttle:600,1')
    ->name('webhooks.docusign');
