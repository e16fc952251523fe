<?php

declare(strict_types=1);

namespace App\Controller;

use App\Message\PayuNotification;
use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class PayuNotifyController
{
    public function __construct(
        private readonly MessageBusInterface $bus,
        #[Autowire(env: 'PAYU_SECOND_KEY')] private readonly string $secondKey,
    ) {
    }

    #[Route('/notify/payu', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $body = $request->getContent();
        $fields = [];
        foreach (explode(';', (string) $request->headers->get('OpenPayu-Signature')) as $part) {
            [$name, $value] = array_pad(explode('=', trim($part), 2), 2, '');
            $fields[$name] = $value;
        }

        $expected = hash('sha256', $body . $this->secondKey);
        if (($fields['algorithm'] ?? '') !== 'SHA-256' || !hash_equals($expected, $fields['signature'] ?? '')) {
            return new Response('', Response::HTTP_UNAUTHORIZED);
        }

        // handled once per (orderId, status), see PayuNotificationHandler
        $this->bus->dispatch(new PayuNotification($body));

        return new Response('', Response::HTTP_OK);
    }
}
