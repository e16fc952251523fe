<?php

declare(strict_types=1);

namespace App\Webhook;

use Psr\Clock\ClockInterface;
use Symfony\Component\DependencyInjection\Attribute\Autowire;

final class MailgunSignature
{
    private const TOLERANCE = 600;

    public function __construct(
        #[Autowire('%env(MAILGUN_SIGNING_KEY)%')]
        private readonly string $signingKey,
        private readonly ClockInterface $clock,
        private readonly TokenCache $tokens,
    ) {
        if ($this->signingKey === '') {
            throw new \LogicException('MAILGUN_SIGNING_KEY is empty.');
        }
    }

    /**
     * @param array{timestamp?: mixed, token?: mixed, signature?: mixed} $fields
     */
    public function isValid(array $fields): bool
    {
        foreach (['timestamp', 'token', 'signature'] as $key) {
            if (!isset($fields[$key]) || !is_string($fields[$key])) {
                return false;
            }
        }

        $age = abs($this->clock->now()->getTimestamp() - (int) $fields['timestamp']);
        if ($age > self::TOLERANCE || !$this->tokens->addOnce($fields['token'], self::TOLERANCE * 2)) {
            return false;
        }

        $expected = hash_hmac('sha256', $fields['timestamp'] . $fields['token'], $this->signingKey);

        return hash_equals($expected, $fields['signature']);

    }
}
