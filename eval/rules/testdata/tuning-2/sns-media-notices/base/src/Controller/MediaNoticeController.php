<?php

declare(strict_types=1);

namespace App\Controller;

use Aws\Sns\Exception\InvalidSnsMessageException;
use Aws\Sns\Message;
use Aws\Sns\MessageValidator;
use Doctrine\DBAL\Connection;
use Psr\Log\LoggerInterface;
use Symfony\Component\DependencyInjection\Attribute\Autowire;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Routing\Attribute\Route;

final class MediaNoticeController
{
    private const MAX_BODY = 300_000;

    public function __construct(
        private readonly MessageValidator $validator,
        private readonly Connection $db,
        private readonly LoggerInterface $logger,
    ) {
    }

    #[Route('/sns/media', methods: ['POST'])]
    public function __invoke(Request $request): Response
    {
        if ((int) $request->headers->get('Content-Length', '0') > self::MAX_BODY) {
            return new Response(status: 413);
        }
        try {
            $message = new Message(json_decode($request->getContent(), true, 8, JSON_THROW_ON_ERROR));
            $this->validator->validate($message);
        } catch (\JsonException|\InvalidArgumentException|\TypeError) {
            return new Response(status: 400);
        } catch (InvalidSnsMessageException) {
            $this->logger->notice('sns message refused');

            return new Response(status: 403);
        }
        if ($message['Type'] !== 'Notification') {
            // an operator confirms subscriptions with the CLI
            $this->logger->warning('sns control message', ['type' => $message['Type']]);

            return new Response(status: 204);
        }

        // ON CONFLICT keeps the first row of a message that SNS delivers again
        $this->db->executeStatement(
            'INSERT INTO media_notice (message_id, body) VALUES (?, ?) ON CONFLICT (message_id) DO NOTHING',
            [$message['MessageId'], $message['Message']],
        );

        return new Response(status: 204);
    }
}
