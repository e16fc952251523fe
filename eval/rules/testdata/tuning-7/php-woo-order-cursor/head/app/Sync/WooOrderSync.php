<?php

declare(strict_types=1);

namespace App\Sync;

use App\Models\Shop;
use App\Services\OrderWriter;
use Carbon\CarbonImmutable;
use Illuminate\Support\Facades\Http;

final class WooOrderSync
{
    private const PAGE_SIZE = 100;

    public function __construct(private readonly OrderWriter $writer)
    {
    }

    public function run(Shop $shop): int
    {
        $since = $shop->orders_synced_until;
        $startedAt = CarbonImmutable::now('UTC')->subMinutes(2);
        $shop->update(['orders_synced_until' => $startedAt]);

        $written = 0;
        for ($page = 1; ; $page++) {
            $orders = Http::baseUrl($shop->url . '/wp-json/wc/v3')
                ->withBasicAuth($shop->consumer_key, $shop->consumer_secret)
                ->timeout(30)
                ->retry(3, 2000)
                ->get('/orders', [
                    'modified_after' => $since->toIso8601ZuluString(),
                    'dates_are_gmt' => 'true',
                    'orderby' => 'id',
                    'order' => 'asc',
                    'per_page' => self::PAGE_SIZE,
                    'page' => $page,
                ])
                ->json();

            foreach ($orders as $order) {
                $this->writer->upsert($shop, $order);
                $written++;
            }

            if (count($orders) < self::PAGE_SIZE) {
                return $written;
            }
        }
    }
}
