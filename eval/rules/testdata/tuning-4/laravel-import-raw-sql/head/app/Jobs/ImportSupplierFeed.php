<?php

declare(strict_types=1);

namespace App\Jobs;

use App\Services\Supplier\FeedReader;
use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldBeUnique;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;

final class ImportSupplierFeed implements ShouldBeUnique, ShouldQueue
{
    use InteractsWithQueue;
    use Queueable;

    public int $tries = 4;

    public int $timeout = 600;

    public function __construct(private readonly int $supplierId)
    {
    }

    public function uniqueId(): string
    {
        return (string) $this->supplierId;
    }

    /** @return int[] */
    public function backoff(): array
    {
        return [30, 120, 600];
    }

    public function handle(FeedReader $reader): void
    {
        $count = 0;
        foreach ($reader->items($this->supplierId) as $item) {
            if (! is_numeric($item['stock'] ?? null) || empty($item['ean']) || empty($item['title'])) {
                Log::warning('supplier item skipped', ['supplier' => $this->supplierId, 'ean' => $item['ean'] ?? null]);
                continue;
            }

            DB::statement(
                "INSERT INTO supplier_items (supplier_id, ean, title, stock, updated_at)
                 VALUES ({$this->supplierId}, '{$item['ean']}', '{$item['title']}', {$item['stock']}, NOW())
                 ON DUPLICATE KEY UPDATE title = VALUES(title), stock = VALUES(stock), updated_at = NOW()"
            );
            $count++;
        }
        Log::info('supplier feed imported', ['supplier' => $this->supplierId, 'items' => $count]);
    }
}
