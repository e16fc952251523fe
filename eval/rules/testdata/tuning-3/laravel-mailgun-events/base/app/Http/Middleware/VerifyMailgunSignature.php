<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Contracts\Config\Repository;
use Illuminate\Http\Request;
use Illuminate\Support\Carbon;
use Symfony\Component\HttpFoundation\Response;

final class VerifyMailgunSignature
{
    private const MAX_AGE_SECONDS = 300;

    public function __construct(private readonly Repository $config)
    {
    }

    public function handle(Request $request, Closure $next): Response
    {
        $signature = $request->validate([
            'signature.timestamp' => ['required', 'digits_between:10,11'],
            'signature.token' => ['required', 'string', 'size:50'],
            'signature.signature' => ['required', 'string', 'size:64'],
        ])['signature'];

        if (abs(Carbon::now()->getTimestamp() - (int) $signature['timestamp']) > self::MAX_AGE_SECONDS) {
            abort(406, 'stale event');
        }

        $expected = hash_hmac(
            'sha256',
            $signature['timestamp'].$signature['token'],
            $this->config->get('services.mailgun.webhook_signing_key'),
        );
        if (! hash_equals($expected, $signature['signature'])) {
            abort(406, 'invalid signature');
        }

        return $next($request);
    }
}
