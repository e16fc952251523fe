<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

final class VerifySquareSignature
{
    public function handle(Request $request, Closure $next): Response
    {
        $key = config('services.square.webhook_key');
        abort_if(!is_string($key) || $key === '', 500);

        $expected = base64_encode(hash_hmac('sha256', $request->fullUrl() . $request->getContent(), $key, true));
        abort_unless(hash_equals($expected, (string) $request->header('x-square-hmacsha256-signature')), 401);

        return $next($request);
    }
}
