<?php

declare(strict_types=1);

namespace Acme\Security;

use Psr\Clock\ClockInterface;
use Psr\Http\Message\ServerRequestInterface;

final class HubspotRequestVerifier
{
    private const MAX_AGE_MS = 300_000;

    private const DECODED = [
        '%3A' => ':', '%2F' => '/', '%3F' => '?', '%40' => '@', '%21' => '!', '%24' => '$',
        '%27' => "'", '%28' => '(', '%29' => ')', '%2A' => '*', '%2C' => ',', '%3B' => ';',
    ];

    public function __construct(
        private readonly string $clientSecret,
        private readonly string $publicBaseUrl,
        private readonly ClockInterface $clock,
    ) {
        if ($clientSecret === '') {
            throw new \InvalidArgumentException('HubSpot client secret is empty');
        }
    }

    public function verify(ServerRequestInterface $request): bool
    {
        $timestamp = $request->getHeaderLine('X-HubSpot-Request-Timestamp');
        if (!ctype_digit($timestamp)) {
            return false;
        }
        $now = (int) $this->clock->now()->format('Uv');
        if (abs($now - (int) $timestamp) > self::MAX_AGE_MS) {
            return false;
        }

        $target = rtrim($this->publicBaseUrl, '/') . $request->getRequestTarget();
        $source = $request->getMethod() . strtr($target, self::DECODED) . $request->getBody() . $timestamp;

        return hash_equals(
            base64_encode(hash_hmac('sha256', $source, $this->clientSecret, true)),
            $request->getHeaderLine('X-HubSpot-Signature-v3'),
        );
    }
}
