<?php

declare(strict_types=1);

namespace App\Webhook;

use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpKernel\Exception\UnauthorizedHttpException;

final class SendcloudSignature
{
    /** @param list<string> $keys */
    public function __construct(
        #[Autowire('%env(json:SENDCLOUD_WEBHOOK_KEYS)%')]
        private readonly array $keys,
    ) {
        if ($keys === [] || in_array('', $keys, true)) {
            throw new \LogicException('SENDCLOUD_WEBHOOK_KEYS must list at least one key.');
        }
    }

    public function assertValid(Request $request): void
    {
        $given = (string) $request->headers->get('Sendcloud-Signature', '');
        $matched = false;
        foreach ($this->keys as $key) {
            $matched = hash_equals(hash_hmac('sha256', $request->getContent(), $key), $given) || $matched;
        }
        if (!$matched) {
            throw new UnauthorizedHttpException('Signature', 'Invalid webhook signature.');
        }
    }
}
