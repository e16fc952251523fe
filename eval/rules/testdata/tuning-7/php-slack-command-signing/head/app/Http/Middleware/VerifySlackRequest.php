<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;
use LogicException;
use Symfony\Component\HttpFoundation\Response;

final class VerifySlackRequest
{
    private const VERSION = 'v0';

    public function handle(Request $request, Closure $next): Response
    {
        $secret = (string) config('services.slack.signing_secret');
        if ($secret === '') {
            throw new LogicException('services.slack.signing_secret is empty');
        }

        $timestamp = (string) $request->header('X-Slack-Request-Timestamp', '');
        $given = (string) $request->header('X-Slack-Signature', '');

        $base = implode(':', [self::VERSION, $timestamp, $request->getContent()]);
        $expected = self::VERSION . '=' . hash_hmac('sha256', $base, $secret);

        if ($given !== $expected) {
            Log::warning('slack request rejected', [
                'path' => $request->path(),
                'ip' => $request->ip(),
            ]);

            abort(401);
        }

        return $next($request);
    }
}
