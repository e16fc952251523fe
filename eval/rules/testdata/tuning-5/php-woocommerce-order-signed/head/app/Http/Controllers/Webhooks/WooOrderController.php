<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Http\Controllers\Controller;
use App\Jobs\ImportWooOrder;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Log;

final class WooOrderController extends Controller
{
    public function __invoke(Request $request): JsonResponse
    {
        $topic = (string) $request->header('X-WC-Webhook-Topic');
        if (!in_array($topic, ['order.created', 'order.updated'], true)) {
            return response()->json(['ignored' => $topic]);
        }

        $order = $request->validate([
            'id' => ['required', 'integer', 'min:1'],
            'status' => ['required', 'string', 'max:40'],
            'currency' => ['required', 'string', 'size:3'],
            'total' => ['required', 'string', 'regex:/^\d+(\.\d{1,2})?$/'],
            'line_items' => ['required', 'array', 'max:500'],
            'line_items.*.sku' => ['nullable', 'string', 'max:64'],
            'line_items.*.quantity' => ['required', 'integer', 'min:1'],
        ]);

        // ImportWooOrder upserts by order id and is unique per order while queued
        ImportWooOrder::dispatch($order);
        Log::info('woo order queued', ['order' => $order['id'], 'topic' => $topic]);

        return response()->json(['ok' => true]);
    }
}
