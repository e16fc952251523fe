<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Order;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;
use Mollie\Api\MollieApiClient;

final class MollieWebhookController extends Controller
{
    public function __construct(private readonly MollieApiClient $mollie)
    {
    }

    public function __invoke(Request $request): Response
    {
        $id = $request->validate(['id' => ['required', 'regex:/^tr_[A-Za-z0-9]{6,40}$/']])['id'];

        $order = Order::query()->where('mollie_payment_id', $id)->first();
        if ($order === null) {
            return response()->noContent();
        }

        $payment = $this->mollie->payments->get($id);

        DB::transaction(function () use ($order, $payment): void {
            $locked = Order::query()->lockForUpdate()->findOrFail($order->id);
            if ($payment->isPaid() && $locked->state !== Order::PAID) {
                $locked->markPaid($payment->paidAt);
            } elseif ($payment->isExpired() || $payment->isCanceled()) {
                $locked->releaseStockOnce();
            }
        });

        return response()->noContent();
    }
}
