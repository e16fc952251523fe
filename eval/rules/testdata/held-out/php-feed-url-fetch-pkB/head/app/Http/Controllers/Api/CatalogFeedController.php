<?php

declare(strict_types=1);

namespace App\Http\Controllers\Api;

use App\Services\CatalogImporter;
use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Http;

class CatalogFeedController
{
    private const PREVIEW_BYTES = 65536;

    public function __construct(private CatalogImporter $importer)
    {
    }

    /** Shows the merchant the first rows of a feed before it is subscribed. */
    public function preview(Request $request): JsonResponse
    {
        $request->validate(['url' => ['required', 'string', 'max:500']]);

        try {
            $response = Http::timeout(10)->withOptions(['stream' => true])->get($request->input('url'));
        } catch (ConnectionException) {
            return response()->json(['error' => 'feed not reachable'], 422);
        }
        if ($response->failed()) {
            return response()->json(['error' => 'feed answered ' . $response->status()], 422);
        }

        $head = $response->toPsrResponse()->getBody()->read(self::PREVIEW_BYTES);

        return response()->json([
            'rows' => $this->importer->preview($head, rows: 10),
            'raw' => mb_substr($head, 0, 2000),
        ]);
    }
}
