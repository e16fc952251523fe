<?php

namespace App\Http\Middleware;

use App\Models\Store;
use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

class VerifyWooSignature
{
    public function handle(Request $request, Closure $next): Response
    {
        $store = Store::query()
            ->where('uuid', (string) $request->route('store'))
            ->where('enabled', true)
            ->firstOrFail();

        $provided = (string) $request->header('X-WC-Webhook-Signature');
        $expected = base64_encode(
            hash_hmac('sha256', $request->getContent(), $store->webhook_secret, true)
        );

        if ($provided === '' || !hash_equals($expected, $provided)) {
            abort(401);
        }

        $request->attributes->set('store', $store);

        return $next($request);
    }
}
