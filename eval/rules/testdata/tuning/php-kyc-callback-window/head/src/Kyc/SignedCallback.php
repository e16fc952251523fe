<?php

declare(strict_types=1);

namespace Acme\Kyc;

use Psr\Clock\ClockInterface;
use Psr\Http\Message\ServerRequestInterface;

final class SignedCallback
{
    public function __construct(
        private readonly string $secret,
        private readonly ClockInterface $clock,
        private readonly int $toleranceSeconds = 300,
    ) {
        if (strlen($secret) < 32) {
            throw new \InvalidArgumentException('Secret is too short');
        }
        if ($toleranceSeconds < 1 || $toleranceSeconds > 900) {
            throw new \InvalidArgumentException('Tolerance must be between 1 and 900 seconds');
        }
    }

    public function open(ServerRequestInterface $request): array
    {
        $timestamp = $request->getHeaderLine('X-Kyc-Timestamp');
        if (!ctype_digit($timestamp)) {
            throw new InvalidCallback('Missing timestamp');
        }
        if (abs($this->clock->now()->getTimestamp() - (int) $timestamp) > $this->toleranceSeconds) {
            throw new InvalidCallback('Timestamp outside tolerance');
        }

        $body = (string) $request->getBody();
        $expected = hash_hmac('sha512', "{$timestamp}.{$body}", $this->secret);
        if (!hash_equals($expected, $request->getHeaderLine('X-Kyc-Signature'))) {
            throw new InvalidCallback('Signature mismatch');
        }

        return json_decode($body, true, 32, JSON_THROW_ON_ERROR);
    }
}
