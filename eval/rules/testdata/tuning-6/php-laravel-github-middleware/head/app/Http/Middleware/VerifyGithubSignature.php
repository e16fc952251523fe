<?php

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

class VerifyGithubSignature
{
    public function handle(Request $request, Closure $next): Response
    {
        $secret = config('services.github.webhook_secret');
        abort_if(blank($secret), 500);

        $expected = 'sha256='.hash_hmac('sha256', $request->getContent(), $secret);
        abort_unless(hash_equals($expected, (string) $request->header('X-Hub-Signature-256')), 401);

        return $next($request);
    }
}
