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

            DB::table('supplier_items')->upsert(
                [[
                    'supplier_id' => $this->supplierId,
                    'ean' => (string) $item['ean'],
                    'title' => mb_substr((string) $item['title'], 0, 255),
                    'stock' => (int) $item['stock'],
                    'updated_at' => now(),
                ]],
                ['supplier_id', 'ean'],
                ['title', 'stock', 'updated_at'],
            );
            $count++;
        }
        Log::info('supplier feed imported', ['supplier' => $this->supplierId, 'items' => $count]);
    }
}
