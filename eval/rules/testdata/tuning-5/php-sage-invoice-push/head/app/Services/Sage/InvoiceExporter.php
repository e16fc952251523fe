<?php

declare(strict_types=1);

namespace App\Services\Sage;

use App\Models\Invoice;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

final class InvoiceExporter
{
    public function __construct(private readonly SageTokens $tokens)
    {
    }

    public function export(Invoice $invoice): void
    {
        if ($invoice->exported_at !== null) {
            return;
        }

        $payload = [
            'reference' => $invoice->number,
            'date' => $invoice->issued_on->toDateString(),
            'contact_id' => $invoice->customer->sage_contact_id,
            'lines' => $invoice->lines->map->toSage()->all(),
        ];

        $response = Http::withToken($this->tokens->current())
            ->timeout(15)
            ->connectTimeout(3)
            ->withHeaders(['Idempotency-Key' => 'invoice-' . $invoice->id])
            ->post(config('services.sage.url') . '/sales_invoices', ['sales_invoice' => $payload]);

        $invoice->forceFill([
            'exported_at' => now(),
            'sage_id' => $response->json('id'),
        ])->save();
        Log::info('invoice exported to sage', ['invoice' => $invoice->id]);
    }
}
