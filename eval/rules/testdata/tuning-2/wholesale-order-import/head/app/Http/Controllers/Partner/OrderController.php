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

        // partners send a reference of their own, unique per partner
        $order = WholesaleOrder::updateOrCreate(
            ['partner_id' => $partner->id, 'reference' => $request->input('reference')],
            $request->all(),
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
