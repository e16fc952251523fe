<?php

use App\Http\Controllers\Webhooks\ContractSignedController;
use App\Http\Middleware\VerifyDocusignHmac;
use Illuminate\Support\Facades\Route;

Route::middleware([VerifyDocusignHmac::class])
    ->prefix('webhooks/docusign')
    ->group(function (): void {
        Route::post('contracts', ContractSignedController::class)
            ->name('webhooks.docusign.contracts');
    });

Route::get('webhooks/health', function () {
    return response()->noContent();
})->name('webhooks.health');
