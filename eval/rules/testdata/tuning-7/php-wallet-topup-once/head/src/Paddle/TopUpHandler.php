<?php

declare(strict_types=1);

namespace App\Paddle;

use Doctrine\DBAL\Connection;
use Doctrine\DBAL\Exception\UniqueConstraintViolationException;
use Psr\Log\LoggerInterface;

final class TopUpHandler
{
    public function __construct(
        private readonly Connection $db,
        private readonly LoggerInterface $logger,
    ) {
    }

    /** Called by PaddleController after the signature check. */
    public function __invoke(TransactionCompleted $event): void
    {
        $this->db->beginTransaction();
        try {
            $this->db->insert('paddle_events', [
                'event_id' => $event->id,
                'occurred_at' => $event->occurredAt->format('Y-m-d H:i:s'),
            ]);
            $changed = $this->db->executeStatement(
                'UPDATE accounts SET credits = credits + :credits WHERE paddle_customer_id = :customer',
                ['credits' => $event->credits(), 'customer' => $event->customerId],
            );
            if ($changed !== 1) {
                throw new UnknownCustomer($event->customerId);
            }
            $this->db->commit();
        } catch (UniqueConstraintViolationException) {
            $this->db->rollBack();
            $this->logger->info('paddle event seen before', ['event' => $event->id]);
        } catch (\Throwable $e) {
            $this->db->rollBack();

            throw $e;
        }
    }
}
