<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Payment;
use Illuminate\Contracts\Queue\ShouldBeUniqueUntilProcessing;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Queue\Queueable;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;
use Mollie\Api\MollieApiClient;

final class RefreshMolliePayment implements ShouldQueue, ShouldBeUniqueUntilProcessing
{
    use Queueable;

    public int $tries = 6;

    public int $uniqueFor = 60;

    public function __construct(private readonly string $mollieId)
    {
    }

    public function uniqueId(): string
    {
        return $this->mollieId;
    }

    /** @return list<int> */
    public function backoff(): array
    {
        return [5, 30, 120, 600, 1800];
    }

    public function handle(MollieApiClient $mollie): void
    {
        if (!Payment::query()->where('mollie_id', $this->mollieId)->exists()) {
            Log::warning('mollie webhook for unknown payment', ['id' => $this->mollieId]);

            return;
        }

        $remote = $mollie->payments->get($this->mollieId);

        DB::transaction(function () use ($remote): void {
            $payment = Payment::query()->where('mollie_id', $this->mollieId)->lockForUpdate()->sole();
            if (!$payment->isFinal()) {
                $payment->transitionTo($remote->status, paidAt: $remote->paidAt);
            }
        });
    }
}
