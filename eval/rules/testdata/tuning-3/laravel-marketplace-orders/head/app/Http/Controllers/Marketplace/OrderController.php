<?php

declare(strict_types=1);

namespace App\Http\Controllers\Marketplace;

use App\Events\MarketplaceOrderReceived;
use App\Http\Controllers\Controller;
use App\Models\MarketplaceOrder;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\DB;

final class OrderController extends Controller
{
    public function __construct()
    {
        $this->middleware('marketplace.signature');
    }

    public function store(Request $request): JsonResponse
    {
        $order = DB::transaction(function () use ($request): MarketplaceOrder {
            $order = MarketplaceOrder::create($request->except('lines'));
            foreach ($request->input('lines') as $line) {
                $order->lines()->create($line);
            }

            return $order;
        });
        MarketplaceOrderReceived::dispatch($order);

        return response()->json(['id' => $order->id], 201);
    }
}
