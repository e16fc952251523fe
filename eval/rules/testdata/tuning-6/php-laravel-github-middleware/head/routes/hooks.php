<?php

use App\Http\Controllers\Hooks\GithubController;
use App\Http\Middleware\VerifyGithubSignature;
use Illuminate\Support\Facades\Route;

Route::middleware([VerifyGithubSignature::class])
    ->prefix('hooks')
    ->group(function () {
        // GitHub sends push and ping only, see the settings of the organisation
        Route::post('github', GithubController::class)->name('hooks.github');
    });
