<?php

declare(strict_types=1);

namespace App\Console\Commands;

use App\Models\SyncState;
use App\Services\Visma\OrderImporter;
use App\Services\Visma\VismaClient;
use Illuminate\Console\Command;
use Illuminate\Support\Facades\Date;

class ImportVismaOrders extends Command
{
    protected $signature = 'visma:import-orders';

    protected $description = 'Imports sales orders changed since the last run';

    public function handle(VismaClient $visma, OrderImporter $importer): int
    {
        $state = SyncState::firstOrCreate(['name' => 'visma.orders'], ['synced_until' => Date::create(2020)]);

        $count = 0;
        foreach ($visma->ordersChangedSince($state->synced_until) as $order) {
            // Upsert by the Visma order number.
            $importer->import($order);
            $count++;
        }

        $state->update(['synced_until' => now()]);
        $this->info("imported $count orders");

        return self::SUCCESS;
    }
}
