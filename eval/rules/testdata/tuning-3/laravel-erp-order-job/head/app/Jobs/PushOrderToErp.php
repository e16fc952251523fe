<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Order;
use App\Services\Erp\ErpOrderMapper;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldBeUnique;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Http\Client\RequestException;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Support\Carbon;
use Illuminate\Support\Facades\Http;

final class PushOrderToErp implements ShouldBeUnique, ShouldQueue
{
    use Dispatchable;
    use InteractsWithQueue;
    use Queueable;

    /** bounded by retryUntil() */
    public int $tries = 0;

    public int $maxExceptions = 12;

    public int $uniqueFor = 21_600;

    public function __construct(private readonly int $orderId)
    {
    }

    public function uniqueId(): string
    {
        return (string) $this->orderId;
    }

    /** @return list<int> */
    public function backoff(): array
    {
        return [5, 30, 120, 600, 1_800];
    }

    public function retryUntil(): Carbon
    {
        return now()->addHours(6);
    }

    public function handle(ErpOrderMapper $mapper): void
    {
        $order = Order::query()->with('lines')->findOrFail($this->orderId);
        $response = Http::baseUrl(config('services.erp.url'))
            ->withToken(config('services.erp.token'))
            ->connectTimeout(3)
            ->timeout(20)
            ->put('/sales-orders/'.rawurlencode($order->number), $mapper->toErp($order));

        if ($response->status() === 422) {
            $order->update(['erp_state' => 'rejected', 'erp_message' => mb_substr($response->json('message', ''), 0, 250)]);
            $this->fail(new RequestException($response));

            return;
        }
        $response->throw();
        $order->update(['erp_state' => 'pushed', 'erp_pushed_at' => now()]);
    }
}
