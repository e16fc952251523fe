<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Order;
use App\Support\Money;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;

final class PayPalWebhookController extends Controller
{
    public function __invoke(Request $request): Response
    {
        $event = $request->validate([
            'id' => ['required', 'string', 'max:64'],
            'event_type' => ['required', 'string'],
            'resource.id' => ['required', 'string'],
            'resource.custom_id' => ['required', 'uuid'],
            'resource.amount.value' => ['required', 'decimal:0,2'],
            'resource.amount.currency_code' => ['required', 'string', 'size:3'],
        ]);

        if ($event['event_type'] !== 'PAYMENT.CAPTURE.COMPLETED') {
            return response()->noContent();
        }

        $resource = $event['resource'];
        $amount = Money::fromDecimal($resource['amount']['value'], $resource['amount']['currency_code']);

        DB::transaction(function () use ($resource, $amount): void {
            $order = Order::query()->where('uuid', $resource['custom_id'])->lockForUpdate()->firstOrFail();
            $order->wallet()->increment('balance_minor', $amount->minor());
            $order->forceFill(['paypal_capture_id' => $resource['id'], 'status' => 'paid'])->save();
        });

        Log::info('paypal capture applied', ['event' => $event['id']]);

        return response()->noContent();
    }
}
