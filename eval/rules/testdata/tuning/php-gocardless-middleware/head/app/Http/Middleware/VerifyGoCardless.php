<?php

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use RuntimeException;
use Symfony\Component\HttpFoundation\Response;

class VerifyGoCardless
{
    public function handle(Request $request, Closure $next): Response
    {
        $secret = config('services.gocardless.webhook_secret');
        if (!is_string($secret) || $secret === '') {
            throw new RuntimeException('services.gocardless.webhook_secret is not configured');
        }

        $expected = hash_hmac('sha256', $request->getContent(), $secret);
        if (!hash_equals($expected, (string) $request->header('Webhook-Signature'))) {
            abort(498);
        }

        return $next($request);
    }
}
