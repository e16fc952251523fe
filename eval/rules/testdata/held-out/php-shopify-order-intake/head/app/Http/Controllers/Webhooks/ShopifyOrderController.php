<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Http\Controllers\Controller;
use App\Jobs\ImportShopifyOrder;
use App\Models\ProcessedWebhook;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;

final class ShopifyOrderController extends Controller
{
    public function created(Request $request): Response
    {
        $webhookId = (string) $request->header('X-Shopify-Webhook-Id', '');
        if ($webhookId === '') {
            return response('missing webhook id', 400);
        }

        $order = $request->validate([
            'id' => ['required', 'integer'],
            'email' => ['nullable', 'email'],
            'currency' => ['required', 'string', 'size:3'],
            'line_items' => ['required', 'array', 'max:500'],
            'line_items.*.variant_id' => ['required', 'integer'],
            'line_items.*.quantity' => ['required', 'integer', 'min:1'],
        ]);

        DB::transaction(function () use ($webhookId, $order): void {
            $fresh = ProcessedWebhook::query()->insertOrIgnore([
                'source' => 'shopify',
                'external_id' => $webhookId,
                'received_at' => now(),
            ]);
            if ($fresh === 1) {
                ImportShopifyOrder::dispatch($order)->onConnection('database');
            }
        });

        return response()->noContent();
    }
}
