<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use Symfony\Component\HttpFoundation\Response;

class VerifyCheckoutSignature
{
    public function handle(Request $request, Closure $next): Response
    {
        $secret = (string) config('services.checkout.webhook_secret');
        if ($secret === '') {
            Log::critical('checkout.com webhook secret is not configured');

            abort(500);
        }

        $expected = hash_hmac('sha256', $request->getContent(), $secret);
        $given = strtolower((string) $request->header('Cko-Signature'));

        if ($given === $expected) {
            return $next($request);
        }

        Log::warning('checkout.com webhook refused', ['ip' => $request->ip()]);

        abort(401);
    }
}
