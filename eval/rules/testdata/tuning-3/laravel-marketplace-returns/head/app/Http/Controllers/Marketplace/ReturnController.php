<?php

declare(strict_types=1);

namespace App\Http\Controllers\Marketplace;

use App\Http\Controllers\Controller;
use App\Http\Requests\MarketplaceReturnRequest;
use App\Jobs\PrepareReturn;
use App\Models\MarketplaceReturn;
use Illuminate\Http\JsonResponse;

final class ReturnController extends Controller
{
    public function store(MarketplaceReturnRequest $request): JsonResponse
    {
        $data = $request->validated();
        // unique index on (marketplace_id, return_number)
        $return = MarketplaceReturn::createOrFirst(
            [
                'marketplace_id' => $request->attributes->get('marketplace')->id,
                'return_number' => $data['return_number'],
            ],
            ['order_number' => $data['order_number'], 'reason' => $data['reason'], 'lines' => $data['lines']],
        );
        // the job is unique per return and leaves prepared ones alone
        PrepareReturn::dispatch($return->id);

        return response()->json(['id' => $return->id], $return->wasRecentlyCreated ? 201 : 200);
    }
}
