<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

final class VerifyPaddleSignature
{
    private const TOLERANCE = 30;

    public function handle(Request $request, Closure $next): Response
    {
        abort_unless($this->valid($request), 401);

        return $next($request);
    }

    /** Paddle-Signature: ts=1671552777;h1=<hex> over "ts:body" */
    private function valid(Request $request): bool
    {
        $pattern = '/^ts=(?<ts>\d{1,12});h1=(?<h1>[0-9a-f]{64})$/';
        if (! preg_match($pattern, (string) $request->header('Paddle-Signature'), $parts)) {
            return false;
        }
        if (abs(time() - (int) $parts['ts']) > self::TOLERANCE) {
            return false;
        }

        $secret = (string) config('services.paddle.webhook_secret');
        if ($secret === '') {
            return false;
        }
        $expected = hash_hmac('sha256', $parts['ts'].':'.$request->getContent(), $secret);

        return hash_equals($expected, $parts['h1']);
    }
}
