<?php

use App\Http\Controllers\Auth\MicrosoftLoginController;
use Illuminate\Support\Facades\Route;

Route::middleware('guest')->group(function () {
    Route::get('/login/microsoft', [MicrosoftLoginController::class, 'redirect'])->name('login.microsoft');
    Route::get('/login/microsoft/callback', [MicrosoftLoginController::class, 'callback']);
});
