<?php

declare(strict_types=1);

namespace App\Controller;

use App\Message\RouteInboundSms;
use App\Repository\InboundSmsRepository;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\AccessDeniedHttpException;
use Symfony\Component\HttpKernel\Exception\BadRequestHttpException;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;
use Twilio\Security\RequestValidator;

final class InboundSmsController
{
    public function __construct(
        private readonly RequestValidator $validator,
        private readonly InboundSmsRepository $messages,
        private readonly MessageBusInterface $bus,
        private readonly string $publicBaseUrl,
    ) {
    }

    #[Route('/twilio/inbound', name: 'twilio_inbound', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $form = $request->request->all();
        $url = $this->publicBaseUrl . $request->getRequestUri();
        if (!$this->validator->validate((string) $request->headers->get('X-Twilio-Signature'), $url, $form)) {
            throw new AccessDeniedHttpException('signature');
        }

        foreach (['MessageSid', 'From', 'Body'] as $field) {
            if (!is_string($form[$field] ?? null)) {
                throw new BadRequestHttpException("{$field} missing");
            }
        }

        // unique index on message_sid; dispatches by sid, so a redelivery is handled once
        $this->messages->insertIfNew($form['MessageSid'], $form['From'], mb_substr($form['Body'], 0, 1600));
        $this->bus->dispatch(new RouteInboundSms($form['MessageSid']));

        return new Response('<Response/>', 200, ['Content-Type' => 'text/xml']);
    }
}
