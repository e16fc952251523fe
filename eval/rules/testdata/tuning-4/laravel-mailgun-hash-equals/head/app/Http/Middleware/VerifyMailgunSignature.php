<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Contracts\Cache\Repository as Cache;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use Symfony\Component\HttpFoundation\Response;

final class VerifyMailgunSignature
{
    private const TOLERANCE = 300;

    public function __construct(private readonly Cache $cache)
    {
    }

    public function handle(Request $request, Closure $next): Response
    {
        $signature = $request->validate([
            'signature.timestamp' => ['required', 'integer'],
            'signature.token' => ['required', 'string', 'size:50'],
            'signature.signature' => ['required', 'string'],
        ])['signature'];

        if (abs(time() - (int) $signature['timestamp']) > self::TOLERANCE) {
            abort(401, 'stale signature');
        }

        $expected = hash_hmac(
            'sha256',
            $signature['timestamp'].$signature['token'],
            config('services.mailgun.webhook_signing_key'),
        );
        if (! hash_equals($expected, $signature['signature'])) {
            Log::warning('mailgun signature mismatch', ['ip' => $request->ip()]);
            abort(401, 'invalid signature');
        }

        // a token may be used once within the tolerance, unless we failed to handle the request
        $key = 'mailgun:'.$signature['token'];
        if (! $this->cache->add($key, true, 2 * self::TOLERANCE)) {
            abort(401, 'token already used');
        }
        $response = $next($request);
        if ($response->getStatusCode() >= 500) {
            $this->cache->forget($key);
        }

        return $response;
    }
}
