<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

final class VerifyWooSignature
{
    public function handle(Request $request, Closure $next): Response
    {
        $secret = (string) config('services.woo.webhook_secret');
        abort_if($secret === '', 500, 'webhook secret is not configured');

        $expected = base64_encode(hash_hmac('sha256', $request->getContent(), $secret, true));
        if (!hash_equals($expected, (string) $request->header('X-WC-Webhook-Signature'))) {
            abort(401);
        }

        return $next($request);
    }
}
