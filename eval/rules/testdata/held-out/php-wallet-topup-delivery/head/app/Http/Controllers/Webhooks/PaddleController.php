<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Http\Controllers\Controller;
use App\Models\Account;
use App\Support\PaddleSignature;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\DB;

final class PaddleController extends Controller
{
    private const CREDITS_BY_PRICE = [
        'pri_credits_100' => 100,
        'pri_credits_500' => 500,
        'pri_credits_2500' => 2500,
    ];

    public function __invoke(Request $request, PaddleSignature $signature): JsonResponse
    {
        abort_unless(
            $signature->isValid($request->header('Paddle-Signature', ''), $request->getContent(), maxAgeSeconds: 300),
            401,
        );

        $event = $request->validate([
            'event_id' => ['required', 'string'],
            'event_type' => ['required', 'string'],
            'data.customer_id' => ['required_if:event_type,transaction.completed', 'string'],
            'data.items' => ['required_if:event_type,transaction.completed', 'array', 'max:20'],
            'data.items.*.price.id' => ['required', 'string'],
            'data.items.*.quantity' => ['required', 'integer', 'min:1', 'max:100'],
        ]);

        if ($event['event_type'] !== 'transaction.completed') {
            return response()->json(['ignored' => true]);
        }

        $credits = collect($event['data']['items'])
            ->sum(fn (array $item): int => (self::CREDITS_BY_PRICE[$item['price']['id']] ?? 0) * $item['quantity']);

        DB::transaction(function () use ($event, $credits): void {
            $account = Account::query()
                ->where('paddle_customer_id', $event['data']['customer_id'])
                ->lockForUpdate()
                ->firstOrFail();
            $account->increment('credits', $credits);
        });

        return response()->json(['credits' => $credits]);
    }
}
