<?php

namespace App\Http\Controllers\Webhooks;

use App\Enums\OrderState;
use App\Http\Controllers\Controller;
use App\Models\Order;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;
use Mollie\Api\Exceptions\ApiException;
use Mollie\Api\MollieApiClient;

class MollieController extends Controller
{
    public function __construct(private readonly MollieApiClient $mollie)
    {
    }

    public function __invoke(Request $request): Response
    {
        $id = (string) $request->input('id');
        if (! preg_match('/^tr_[A-Za-z0-9]{6,40}$/', $id)) {
            return response('', 400);
        }

        try {
            $payment = $this->mollie->payments->get($id);
        } catch (ApiException $e) {
            Log::warning('mollie payment not loaded', ['payment' => $id, 'code' => $e->getCode()]);

            return response('', $e->getCode() === 404 ? 200 : 503);
        }

        DB::transaction(function () use ($payment) {
            $order = Order::query()->where('mollie_payment_id', $payment->id)->lockForUpdate()->first();
            if ($order === null || $order->state !== OrderState::AwaitingPayment) {
                return;
            }
            if ($payment->isPaid() && $order->matchesAmount($payment->amount->value, $payment->amount->currency)) {
                $order->markPaid($payment->id);
            } elseif ($payment->isFailed() || $payment->isExpired() || $payment->isCanceled()) {
                $order->markPaymentFailed($payment->status);
            }
        });

        return response('', 200);
    }
}
