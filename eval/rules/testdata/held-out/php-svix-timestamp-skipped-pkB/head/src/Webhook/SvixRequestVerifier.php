<?php

declare(strict_types=1);

namespace App\Webhook;

use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;

/** Verifies deliveries which our freight platform sends by Svix. */
final class SvixRequestVerifier
{
    private readonly string $key;

    public function __construct(#[Autowire(env: 'SVIX_SECRET')] string $secret)
    {
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret) ?? '', true);
        if ($key === false || $key === '') {
            throw new \InvalidArgumentException('SVIX_SECRET is not usable');
        }
        $this->key = $key;
    }

    public function verify(Request $request): bool
    {
        $id = (string) $request->headers->get('svix-id');
        $timestamp = (string) $request->headers->get('svix-timestamp');
        if ($id === '' || !ctype_digit($timestamp)) {
            return false;
        }

        $signed = $id . '.' . $timestamp . '.' . $request->getContent();
        $expected = base64_encode(hash_hmac('sha256', $signed, $this->key, true));

        foreach (explode(' ', (string) $request->headers->get('svix-signature')) as $candidate) {
            [$version, $signature] = explode(',', $candidate, 2) + ['', ''];
            if ($version === 'v1' && hash_equals($expected, $signature)) {
                return true;
            }
        }

        return false;
    }
}
