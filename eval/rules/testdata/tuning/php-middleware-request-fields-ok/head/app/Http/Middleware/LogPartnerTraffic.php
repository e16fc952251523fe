<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use Illuminate\Support\Str;
use Symfony\Component\HttpFoundation\Response;

final class LogPartnerTraffic
{
    public function handle(Request $request, Closure $next): Response
    {
        $requestId = $request->headers->get('X-Request-Id') ?? (string) Str::uuid();
        $started = hrtime(true);

        Log::channel('partners')->info('partner request', [
            'id' => $requestId,
            'path' => $request->path(),
            'headers' => array_filter([
                'user-agent' => $request->userAgent(),
                'content-type' => $request->headers->get('Content-Type'),
                'authorization' => $request->headers->has('Authorization') ? 'present' : null,
            ]),
            'bytes' => strlen($request->getContent()),
            'fields' => array_slice(array_keys($request->json()->all()), 0, 30),
        ]);

        $response = $next($request);
        $response->headers->set('X-Request-Id', $requestId);

        Log::channel('partners')->info('partner response', [
            'id' => $requestId,
            'status' => $response->getStatusCode(),
            'ms' => intdiv(hrtime(true) - $started, 1_000_000),
        ]);

        return $response;
    }
}
