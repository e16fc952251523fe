<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\DriverPayout;
use App\Services\WiseClient;
use Illuminate\Contracts\Queue\ShouldBeUnique;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Queue\Queueable;
use Illuminate\Support\Facades\Log;
use Throwable;

final class SendDriverPayout implements ShouldBeUnique, ShouldQueue
{
    use Queueable;

    public int $tries = 5;

    public int $uniqueFor = 3600;

    /** @var list<int> */
    public array $backoff = [60, 300, 900, 1800];

    public function __construct(private readonly int $payoutId)
    {
    }

    public function uniqueId(): string
    {
        return (string) $this->payoutId;
    }

    public function handle(WiseClient $wise): void
    {
        $payout = DriverPayout::query()->with('driver')->findOrFail($this->payoutId);
        if ($payout->paid_at !== null) {
            return;
        }

        // Wise answers the same customerTransactionId with the transfer that exists.
        $transfer = $wise->createTransfer([
            'targetAccount' => $payout->driver->wise_recipient_id,
            'quoteUuid' => $payout->quote_id,
            'customerTransactionId' => $payout->transaction_uuid,
            'details' => ['reference' => $payout->reference],
        ]);
        $payout->update(['transfer_id' => $transfer['id']]);

        if ($transfer['status'] === 'incoming_payment_waiting') {
            $wise->fund($transfer['id']);
        }
        $payout->update(['paid_at' => now()]);
    }

    public function failed(?Throwable $e): void
    {
        Log::error('driver payout failed', ['payout' => $this->payoutId, 'error' => $e?->getMessage()]);
        DriverPayout::query()->whereKey($this->payoutId)->update(['failed_at' => now()]);
    }
}
