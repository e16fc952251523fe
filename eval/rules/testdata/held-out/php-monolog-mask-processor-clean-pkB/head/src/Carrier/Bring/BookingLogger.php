<?php

declare(strict_types=1);

namespace App\Carrier\Bring;

use Psr\Log\LoggerInterface;

final class BookingLogger
{
    public function __construct(private readonly LoggerInterface $logger)
    {
    }

    public function booked(string $bookingNumber, int $status, float $seconds): void
    {
        $this->logger->info('bring booking', [
            'booking' => $bookingNumber,
            'status' => $status,
            'seconds' => round($seconds, 3),
        ]);
    }
}
