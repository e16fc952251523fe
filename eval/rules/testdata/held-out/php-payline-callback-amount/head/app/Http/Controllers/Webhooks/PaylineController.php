<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Http\Controllers\Controller;
use App\Models\Order;
use App\Support\PaylineSignature;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;

/** Payments of the hosted page; the shopper may change the amount there (gift cards, tips). */
final class PaylineController extends Controller
{
    public function __invoke(Request $request, PaylineSignature $signature): Response
    {
        $body = $request->getContent();
        if (! $signature->verify($body, $request->header('X-Payline-Signature', ''), toleranceSeconds: 300)) {
            return response('bad signature', 401);
        }

        $event = json_decode($body, true);

        DB::transaction(function () use ($event): void {
            $order = Order::query()
                ->where('number', $event['payment']['reference'])
                ->lockForUpdate()
                ->firstOrFail();

            if ($order->isPaid()) {
                return;
            }

            $order->markPaid($event['payment']['id'], $event['payment']['amount'], $event['payment']['currency']);
        });

        return response()->noContent();
    }
}
