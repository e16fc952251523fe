<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Wallet;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;

final class PaystackWebhookController extends Controller
{
    public function __invoke(Request $request): Response
    {
        $event = $request->validate([
            'event' => ['required', 'string'],
            'data.reference' => ['required', 'string', 'max:100'],
            'data.amount' => ['required', 'integer', 'min:1'],
            'data.currency' => ['required', 'in:NGN,GHS,ZAR,KES'],
            'data.customer.customer_code' => ['required', 'string'],
        ]);

        if ($event['event'] !== 'charge.success') {
            return response()->noContent();
        }

        DB::transaction(function () use ($event): void {
            $wallet = Wallet::query()
                ->where('paystack_customer', $event['data']['customer']['customer_code'])
                ->where('currency', $event['data']['currency'])
                ->lockForUpdate()
                ->firstOrFail();
            $wallet->increment('balance_minor', $event['data']['amount']);
        });

        Log::info('paystack charge credited', ['reference' => $event['data']['reference']]);

        return response()->noContent();
    }
}
