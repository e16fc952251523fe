<?php

declare(strict_types=1);

namespace App\Http\Controllers\Partner;

use App\Http\Controllers\Controller;
use App\Models\WholesaleOrder;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

/** Routes are behind auth:partner and throttle:partner. */
final class OrderController extends Controller
{
    public function store(Request $request): JsonResponse
    {
        $partner = $request->user('partner');
        $data = $request->validate([
            'reference' => ['required', 'string', 'max:60'],
            'lines' => ['required', 'array', 'min:1', 'max:200'],
            'lines.*.sku' => ['required', 'string', 'exists:articles,sku'],
            'lines.*.quantity' => ['required', 'integer', 'between:1,10000'],
            'deliver_on' => ['required', 'date', 'after:today'],
        ]);

        // partners send a reference of their own, unique per partner
        $order = WholesaleOrder::firstOrCreate(
            ['partner_id' => $partner->id, 'reference' => $data['reference']],
            ['lines' => $data['lines'], 'deliver_on' => $data['deliver_on']],
        );

        return response()->json(
            ['id' => $order->id, 'state' => $order->state],
            $order->wasRecentlyCreated ? 201 : 200,
        );
    }

    public function show(Request $request, string $reference): JsonResponse
    {
        $order = WholesaleOrder::query()
            ->where('partner_id', $request->user('partner')->id)
            ->where('reference', $reference)
            ->firstOrFail();

        return response()->json(['id' => $order->id, 'state' => $order->state, 'total_cents' => $order->total_cents]);
    }
}
