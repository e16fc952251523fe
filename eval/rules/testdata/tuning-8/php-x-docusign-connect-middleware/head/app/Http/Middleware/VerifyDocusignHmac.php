<?php

declare(strict_types=1);

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

final class VerifyDocusignHmac
{
    public function handle(Request $request, Closure $next): Response
    {
        $keys = array_filter((array) config('services.docusign.hmac_keys'));
        abort_if($keys === [], 500, 'DocuSign keys are not configured');

        $given = (string) $request->header('X-DocuSign-Signature-1');
        foreach ($keys as $key) {
            $digest = base64_encode(hash_hmac('sha256', $request->getContent(), $key, true));
            if (hash_equals($digest, $given)) {
                return $next($request);
            }
        }

        abort(401);
    }
}
