<?php

use App\Http\Controllers\Webhooks\XenditController;
use Illuminate\Support\Facades\Route;

Route::middleware('throttle:120,1')->group(function () {
    Route::post('/webhooks/xendit/invoices', XenditController::class);
});
