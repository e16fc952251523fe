<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use RuntimeException;
use Symfony\Component\HttpFoundation\Response;

final class VerifyHubspotSignature
{
    public function handle(Request $request, Closure $next): Response
    {
        $secret = (string) config('services.hubspot.client_secret');
        if ($secret === '') {
            throw new RuntimeException('services.hubspot.client_secret is not set');
        }

        $timestamp = (string) $request->header('X-HubSpot-Request-Timestamp');
        $signature = (string) $request->header('X-HubSpot-Signature-v3');
        if ($timestamp === '' || $signature === '') {
            abort(401);
        }

        $source = $request->method() . $request->fullUrl() . $request->getContent() . $timestamp;
        $expected = base64_encode(hash_hmac('sha256', $source, $secret, true));

        if (! hash_equals($expected, $signature)) {
            Log::warning('hubspot signature mismatch', ['path' => $request->path(), 'ip' => $request->ip()]);
            abort(401);
        }

        return $next($request);
    }
}
