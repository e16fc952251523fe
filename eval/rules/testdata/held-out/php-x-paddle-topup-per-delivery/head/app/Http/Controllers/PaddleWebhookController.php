<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\CreditEntry;
use App\Models\Customer;
use App\Support\PaddleSignature;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;

final class PaddleWebhookController extends Controller
{
    public function __invoke(Request $request, PaddleSignature $signature): Response
    {
        // h1 over "ts:body", constant time, not older than a minute
        abort_unless($signature->isValid($request->header('Paddle-Signature', ''), $request->getContent()), 401);

        $event = $request->validate([
            'event_id' => ['required', 'string'],
            'event_type' => ['required', 'string'],
            'data' => ['required', 'array'],
        ]);
        if ($event['event_type'] !== 'transaction.completed') {
            return response()->noContent();
        }

        $customer = Customer::query()->firstWhere('paddle_id', $request->input('data.customer_id'));
        if ($customer === null) {
            Log::error('paddle: unknown customer', ['event' => $event['event_id']]);

            return response('unknown customer', 422);
        }

        $minor = (int) $request->input('data.details.totals.grand_total');
        DB::transaction(function () use ($customer, $minor, $event): void {
            CreditEntry::query()->create([
                'customer_id' => $customer->id,
                'amount_minor' => $minor,
                'note' => 'Top-up ' . $event['event_id'],
            ]);
            $customer->increment('credit_minor', $minor);
        });

        return response()->noContent();
    }
}
