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

        $counted = $this->db->transactional(static function (Connection $db) use ($event): bool {
            $claimed = $db->executeStatement(
                'INSERT INTO mail_events (sg_event_id, kind) VALUES (?, ?) ON CONFLICT (sg_event_id) DO NOTHING',
                [$event['sg_event_id'], $event['event']],
            );
            if ($claimed === 0) {
                return false;
            }
            $db->executeStatement(
                'UPDATE campaign_stats SET hits = hits + 1 WHERE campaign_id = ? AND kind = ?',
                [$event['campaign_id'], $event['event']],
            );

            return true;
        });

        $this->logger->info('mail event handled', ['event' => $event['sg_event_id'], 'counted' => $counted]);
    }
}
