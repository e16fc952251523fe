<?php

use App\Http\Controllers\Webhooks\PaddleController;
use Illuminate\Support\Facades\Route;

// registered in bootstrap/app.php without the web group
Route::prefix('webhooks')
    ->middleware('throttle:600,1')
    ->group(function () {
        Route::post('paddle', PaddleController::class)
            ->name('webhooks.paddle');
    });
