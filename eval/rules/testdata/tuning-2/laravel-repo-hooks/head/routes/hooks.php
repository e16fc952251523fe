<?php

use App\Http\Controllers\GitHubHookController;
use App\Http\Middleware\GitHubSigned;
use Illuminate\Support\Facades\Route;

Route::post('/hooks/github', GitHubHookController::class)->middleware([GitHubSigned::class, 'throttle:hooks']);
