<?php

declare(strict_types=1);

namespace Acme\Kyc;

use Psr\Http\Message\ServerRequestInterface;

final class CallbackVerifier
{
    private const MAX_SKEW = 300;

    /** @param non-empty-list<string> $secrets current secret first, then rotated ones */
    public function __construct(private readonly array $secrets)
    {
    }

    public function verify(ServerRequestInterface $request): string
    {
        $timestamp = $request->getHeaderLine('X-Kyc-Timestamp');
        $signature = $request->getHeaderLine('X-Kyc-Signature');
        if (!ctype_digit($timestamp) || $signature === '') {
            throw new InvalidCallback('Missing signature headers');
        }

        if (abs(time() - (int) $timestamp) > self::MAX_SKEW) {
            throw new InvalidCallback('Timestamp outside tolerance');
        }

        $body = (string) $request->getBody();
        foreach ($this->secrets as $secret) {
            if (hash_equals(hash_hmac('sha512', "{$timestamp}.{$body}", $secret), $signature)) {
                return $body;
            }
        }

        throw new InvalidCallback('Signature mismatch');
    }
}
