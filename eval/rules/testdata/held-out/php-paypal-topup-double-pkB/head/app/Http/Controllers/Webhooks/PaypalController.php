<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Models\Account;
use App\Services\Paypal\WebhookVerifier;
use Brick\Money\Money;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;

class PaypalController
{
    public function __construct(private WebhookVerifier $verifier)
    {
    }

    public function __invoke(Request $request): Response
    {
        if (!$this->verifier->verify($request)) {
            return response()->noContent(401);
        }
        if ($request->input('event_type') !== 'PAYMENT.CAPTURE.COMPLETED') {
            return response()->noContent();
        }

        $data = $request->validate([
            'resource.custom_id' => ['required', 'uuid'],
            'resource.amount.value' => ['required', 'decimal:0,2', 'gt:0'],
            'resource.amount.currency_code' => ['required', 'in:EUR'],
        ]);
        $amount = Money::of(data_get($data, 'resource.amount.value'), 'EUR');

        DB::transaction(function () use ($data, $amount) {
            $account = Account::where('uuid', data_get($data, 'resource.custom_id'))->lockForUpdate()->firstOrFail();
            $account->increment('balance_cents', $amount->getMinorAmount()->toInt());
            $account->entries()->create([
                'kind' => 'paypal_topup',
                'amount_cents' => $amount->getMinorAmount()->toInt(),
            ]);
        });
        Log::info('paypal top-up booked', ['event' => $request->input('id'), 'amount' => (string) $amount]);

        return response()->noContent();
    }
}
