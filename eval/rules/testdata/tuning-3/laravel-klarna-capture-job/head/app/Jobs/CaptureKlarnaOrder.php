<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Order;
use App\Services\Klarna\KlarnaClient;
use App\Services\Klarna\KlarnaException;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Queue\SerializesModels;
use Illuminate\Support\Facades\Log;

final class CaptureKlarnaOrder implements ShouldQueue
{
    use Dispatchable;
    use InteractsWithQueue;
    use Queueable;
    use SerializesModels;

    public int $tries = 0;

    public int $timeout = 30;

    public function __construct(private readonly Order $order)
    {
        $this->onQueue('payments');
    }

    public function handle(KlarnaClient $klarna): void
    {
        if ($this->order->captured_at !== null) {
            return;
        }

        try {
            $capture = $klarna->capture($this->order->klarna_order_id, [
                'captured_amount' => $this->order->total_minor,
                'reference' => $this->order->number,
            ]);
        } catch (KlarnaException $e) {
            Log::warning('klarna capture failed', ['order' => $this->order->number, 'status' => $e->status()]);
            $this->release();

            return;
        }

        $this->order->forceFill(['captured_at' => now(), 'klarna_capture_id' => $capture->id])->save();
    }
}
