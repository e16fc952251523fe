<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use RuntimeException;
use Symfony\Component\HttpFoundation\Response;

final class VerifyShopifyHmac
{
    public function handle(Request $request, Closure $next): Response
    {
        $secret = config('services.shopify.webhook_secret');
        if (! is_string($secret) || $secret === '') {
            throw new RuntimeException('services.shopify.webhook_secret is not configured');
        }

        $expected = base64_encode(hash_hmac('sha256', $request->getContent(), $secret, true));
        abort_unless(hash_equals($expected, (string) $request->header('X-Shopify-Hmac-Sha256', '')), 401);

        return $next($request);
    }
}
