<?php

declare(strict_types=1);

namespace App\Webhook;

use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpKernel\Exception\UnauthorizedHttpException;

final class SendcloudSignature
{
    public function __construct(
        #[Autowire('%env(SENDCLOUD_WEBHOOK_KEY)%')]
        private readonly string $key,
    ) {
        if ($key === '') {
            throw new \LogicException('SENDCLOUD_WEBHOOK_KEY is empty.');
        }
    }


    public function assertValid(Request $request): void
    {
        $given = (string) $request->headers->get('Sendcloud-Signature', '');
        if (!hash_equals(hash_hmac('sha256', $request->getContent(), $this->key), $given)) {
            throw new UnauthorizedHttpException('Signature', 'Invalid webhook signature.');
        }
    }
}
