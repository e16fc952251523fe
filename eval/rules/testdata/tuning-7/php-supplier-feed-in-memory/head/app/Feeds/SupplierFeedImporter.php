<?php

declare(strict_types=1);

namespace App\Feeds;

use App\Models\Supplier;
use GuzzleHttp\Client;
use Illuminate\Support\Facades\Log;

final class SupplierFeedImporter
{
    private Client $http;

    public function __construct(private readonly ProductWriter $products)
    {
        $this->http = new Client([
            'connect_timeout' => 5,
            'allow_redirects' => false,
        ]);
    }

    /** Feeds are JSON arrays of products; the largest supplier is near 2 GB. Hosts are configured by us. */
    public function import(Supplier $supplier): int
    {
        $response = $this->http->get($supplier->feed_url, [
            'auth' => [$supplier->feed_user, $supplier->feed_password],
        ]);

        $body = $response->getBody()->getContents();
        $rows = json_decode($body, true, 64, JSON_THROW_ON_ERROR);

        $imported = 0;
        $skipped = 0;
        foreach ($rows as $row) {
            if (! is_string($row['sku'] ?? null) || ! is_numeric($row['stock'] ?? null)) {
                $skipped++;
                continue;
            }
            $this->products->upsert($supplier, $row['sku'], (int) $row['stock'], $row['title'] ?? null);
            $imported++;
        }

        Log::info('supplier feed imported', compact('imported', 'skipped') + ['supplier' => $supplier->id]);

        return $imported;
    }
}
