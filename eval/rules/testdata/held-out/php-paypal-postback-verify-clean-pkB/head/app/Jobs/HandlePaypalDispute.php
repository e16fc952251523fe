<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\PaypalEvent;
use App\Services\Disputes;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Queue\Queueable;
use Illuminate\Support\Facades\DB;

class HandlePaypalDispute implements ShouldQueue
{
    use Queueable;

    public int $tries = 5;

    public array $backoff = [10, 60, 300, 900];

    public function __construct(private PaypalEvent $event)
    {
    }

    public function handle(Disputes $disputes): void
    {
        DB::transaction(function () use ($disputes) {
            $event = PaypalEvent::whereKey($this->event->getKey())->lockForUpdate()->firstOrFail();
            if ($event->handled_at !== null) {
                return;
            }
            $disputes->apply(json_decode($event->payload, true, flags: JSON_THROW_ON_ERROR));
            $event->update(['handled_at' => now()]);
        });
    }
}
