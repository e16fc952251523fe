<?php

declare(strict_types=1);

namespace App\Console\Commands;

use App\Models\Supplier;
use App\Models\SupplierArticle;
use Illuminate\Console\Command;
use Illuminate\Support\Facades\Http;

final class ImportSupplierFeed extends Command
{
    protected $signature = 'suppliers:import {supplier}';

    protected $description = 'Imports the article feed that a supplier publishes (up to some million lines)';

    public function handle(): int
    {
        $supplier = Supplier::query()->where('code', $this->argument('supplier'))->firstOrFail();

        $response = Http::timeout(600)->connectTimeout(10)
            ->withBasicAuth($supplier->feed_user, $supplier->feed_password)
            ->get($supplier->feed_url);
        if ($response->failed()) {
            $this->error("feed of {$supplier->code}: status {$response->status()}");

            return self::FAILURE;
        }

        $lines = explode("\n", $response->body());
        array_shift($lines);
        $rows = array_map(fn (string $line): array => str_getcsv(rtrim($line, "\r"), ';'), array_filter($lines));

        foreach (array_chunk($rows, 500) as $chunk) {
            $values = [];
            foreach ($chunk as $row) {
                if (count($row) < 4 || ! is_numeric($row[2])) {
                    $this->warn('line skipped: ' . mb_strimwidth(implode(';', $row), 0, 80, '...'));
                    continue;
                }
                $values[] = ['supplier_id' => $supplier->id, 'number' => $row[0], 'name' => $row[1], 'price' => $row[2], 'unit' => $row[3]];
            }
            SupplierArticle::query()->upsert($values, ['supplier_id', 'number'], ['name', 'price', 'unit']);
        }

        $this->info(count($rows) . ' articles imported');

        return self::SUCCESS;
    }
}
