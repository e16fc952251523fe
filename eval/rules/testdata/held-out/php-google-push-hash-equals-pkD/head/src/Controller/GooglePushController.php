<?php

declare(strict_types=1);

namespace App\Controller;

use App\Message\SyncCalendar;
use App\Repository\WatchChannelRepository;
use Psr\Log\LoggerInterface;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Messenger\MessageBusInterface;
use Symfony\Component\Routing\Attribute\Route;

final class GooglePushController
{
    public function __construct(
        private readonly WatchChannelRepository $channels,
        private readonly MessageBusInterface $bus,
        private readonly LoggerInterface $logger,
    ) {
    }

    #[Route('/push/google-calendar', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        $channel = $this->channels->findOneByChannelId($request->headers->get('X-Goog-Channel-ID', ''));
        if ($channel === null) {
            return new Response('', Response::HTTP_NOT_FOUND);
        }
        if (!hash_equals($channel->getToken(), $request->headers->get('X-Goog-Channel-Token', ''))) {
            $this->logger->warning('google push with a wrong token', ['channel' => $channel->getId()]);

            return new Response('', Response::HTTP_FORBIDDEN);
        }

        if ($request->headers->get('X-Goog-Resource-State') !== 'sync') {
            $this->bus->dispatch(new SyncCalendar($channel->getCalendarId()));
        }

        return new Response('', Response::HTTP_NO_CONTENT);
    }
}
