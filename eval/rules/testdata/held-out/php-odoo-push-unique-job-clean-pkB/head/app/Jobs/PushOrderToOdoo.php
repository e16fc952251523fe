<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Models\Order;
use App\Services\Odoo\OdooClient;
use App\Services\Odoo\OdooRejected;
use Illuminate\Contracts\Queue\ShouldBeUnique;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Queue\Queueable;
use Illuminate\Queue\Middleware\RateLimited;
use Illuminate\Queue\Middleware\WithoutOverlapping;
use Illuminate\Support\Facades\Log;
use Throwable;

class PushOrderToOdoo implements ShouldQueue, ShouldBeUnique
{
    use Queueable;

    public int $tries = 12;

    public int $maxExceptions = 5;

    public int $timeout = 60;

    public int $uniqueFor = 3600;

    public function __construct(private readonly int $orderId)
    {
    }

    public function uniqueId(): string
    {
        return (string) $this->orderId;
    }

    /** @return list<object> */
    public function middleware(): array
    {
        return [new RateLimited('odoo'), (new WithoutOverlapping((string) $this->orderId))->releaseAfter(30)->expireAfter(120)];
    }

    /** @return list<int> */
    public function backoff(): array
    {
        return [15, 60, 300, 900];
    }

    public function handle(OdooClient $odoo): void
    {
        $order = Order::with('lines')->findOrFail($this->orderId);
        if ($order->odoo_id !== null) {
            return;
        }

        try {
            $existing = $odoo->findIdByReference('sale.order', $order->number);
            $order->update(['odoo_id' => $existing ?? $odoo->create('sale.order', $order->toOdoo())]);
        } catch (OdooRejected $e) {
            $this->fail($e);
        }
    }

    public function failed(Throwable $e): void
    {
        Log::error('order not pushed to odoo', ['order' => $this->orderId, 'exception' => $e->getMessage()]);
        Order::whereKey($this->orderId)->update(['erp_state' => 'failed']);
    }
}
