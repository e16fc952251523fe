<?php

namespace App\Http\Controllers;

use App\Jobs\ImportWooOrder;
use Illuminate\Http\Request;

class WooOrderController extends Controller
{
    public function __construct()
    {
        $this->middleware('woo.signature');
    }

    public function store(Request $request)
    {
        $validated = $request->validate([
            'id' => ['required', 'integer', 'min:1'],
        ]);

        // ImportWooOrder is unique per store and order and reads the order from the API
        ImportWooOrder::dispatch($request->attributes->get('store')->id, $validated['id']);

        return response()->noContent();
    }
}
