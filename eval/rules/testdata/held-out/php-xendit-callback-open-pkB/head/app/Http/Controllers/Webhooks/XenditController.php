<?php

declare(strict_types=1);

namespace App\Http\Controllers\Webhooks;

use App\Jobs\SettleInvoice;
use App\Models\Invoice;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

class XenditController
{
    public function __invoke(Request $request): JsonResponse
    {
        $data = $request->validate([
            'id' => ['required', 'string', 'max:64'],
            'external_id' => ['required', 'string', 'max:64'],
            'status' => ['required', 'in:PAID,EXPIRED,SETTLED'],
            'paid_amount' => ['required_if:status,PAID', 'numeric', 'min:1'],
            'currency' => ['required', 'in:IDR'],
        ]);

        $invoice = Invoice::where('number', $data['external_id'])->firstOrFail();
        if ($data['status'] !== 'PAID' || $invoice->isSettled()) {
            return response()->json(['status' => 'ignored']);
        }
        if ((string) $invoice->total !== (string) $data['paid_amount']) {
            report(new \RuntimeException("xendit amount differs for invoice {$invoice->number}"));

            return response()->json(['status' => 'amount mismatch'], 422);
        }

        // Unique by invoice, and takes a lock on it.
        SettleInvoice::dispatch($invoice->id, $data['id']);

        return response()->json(['status' => 'accepted']);
    }
}
