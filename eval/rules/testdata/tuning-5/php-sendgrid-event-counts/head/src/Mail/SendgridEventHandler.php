<?php

declare(strict_types=1);

namespace App\Mail;

use Doctrine\DBAL\Connection;
use Psr\Log\LoggerInterface;

/** Called by the webhook worker after the signature was verified. */
final class SendgridEventHandler
{
    private const COUNTED = ['delivered', 'open', 'click', 'bounce'];

    public function __construct(
        private readonly Connection $db,
        private readonly LoggerInterface $logger,
    ) {
    }

    /** @param array{sg_event_id: string, event: string, campaign_id: string} $event */
    public function handle(array $event): void
    {
        if (!in_array($event['event'], self::COUNTED, true)) {
            return;
        }

        $seen = $this->db->fetchOne(
            'SELECT 1 FROM mail_events WHERE sg_event_id = ?',
            [$event['sg_event_id']],
        );
        if ($seen !== false) {
            return;
        }

        $this->db->executeStatement(
            'UPDATE campaign_stats SET hits = hits + 1 WHERE campaign_id = ? AND kind = ?',
            [$event['campaign_id'], $event['event']],
        );
        $this->db->insert('mail_events', [
            'sg_event_id' => $event['sg_event_id'],
            'kind' => $event['event'],
        ]);

        $this->logger->info('mail event counted', ['event' => $event['sg_event_id']]);
    }
}
