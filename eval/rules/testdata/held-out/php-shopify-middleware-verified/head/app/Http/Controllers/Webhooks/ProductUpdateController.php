<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Http\Controllers\Controller;
use App\Jobs\RefreshProduct;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

final class ProductUpdateController extends Controller
{
    /** RefreshProduct is unique until it starts, and loads the product from the Admin API. */
    public function __invoke(Request $request): Response
    {
        $product = $request->validate(['id' => ['required', 'integer', 'min:1']]);

        RefreshProduct::dispatch($product['id']);

        return response()->noContent();
    }
}
