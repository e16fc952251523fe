<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\DriverPayout;
use App\Services\WiseClient;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Queue\Middleware\WithoutOverlapping;
use Illuminate\Support\Str;

final class PayDriver implements ShouldQueue
{
    use Dispatchable;
    use InteractsWithQueue;
    use Queueable;

    public int $tries = 5;

    /** @var list<int> */
    public array $backoff = [30, 120, 600, 1800];

    public function __construct(private readonly int $payoutId)
    {
    }

    /** @return list<object> */
    public function middleware(): array
    {
        return [(new WithoutOverlapping((string) $this->payoutId))->releaseAfter(60)->expireAfter(300)];
    }

    public function handle(WiseClient $wise): void
    {
        $payout = DriverPayout::query()->with('driver')->findOrFail($this->payoutId);
        if ($payout->transfer_id !== null) {
            return;
        }

        $transfer = $wise->createTransfer([
            'targetAccount' => $payout->driver->wise_recipient_id,
            'quoteUuid' => $payout->quote_id,
            'customerTransactionId' => (string) Str::uuid(),
            'details' => ['reference' => $payout->reference],
        ]);
        $wise->fund($transfer['id']);

        $payout->update(['transfer_id' => $transfer['id'], 'paid_at' => now()]);
    }
}
