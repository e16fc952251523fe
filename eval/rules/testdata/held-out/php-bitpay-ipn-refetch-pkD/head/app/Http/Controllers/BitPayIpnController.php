<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Invoice;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

final class BitPayIpnController extends Controller
{
    public function __invoke(Request $request): Response
    {
        $id = $request->input('data.id');
        if (!is_string($id) || preg_match('/^[A-Za-z0-9]{10,40}$/', $id) !== 1) {
            return response()->noContent(400);
        }
        if (!Invoice::query()->where('bitpay_id', $id)->exists()) {
            return response()->noContent(404);
        }

        $remote = Http::timeout(10)
            ->withHeaders(['X-Accept-Version' => '2.0.0'])
            ->get("https://bitpay.com/invoices/{$id}", ['token' => config('services.bitpay.token')])
            ->throw()
            ->json('data');

        DB::transaction(function () use ($id, $remote): void {
            $invoice = Invoice::query()->where('bitpay_id', $id)->lockForUpdate()->firstOrFail();
            if ($invoice->paid_at !== null || !in_array($remote['status'], ['confirmed', 'complete'], true)) {
                return;
            }
            if ($remote['orderId'] !== $invoice->number || $remote['currency'] !== $invoice->currency
                || bccomp((string) $remote['price'], $invoice->total, 2) !== 0) {
                Log::critical('bitpay invoice does not match', ['invoice' => $invoice->id]);

                return;
            }
            $invoice->update(['paid_at' => now()]);
        });

        return response()->noContent();
    }
}
