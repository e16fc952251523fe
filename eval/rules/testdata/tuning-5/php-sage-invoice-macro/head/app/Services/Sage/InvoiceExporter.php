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

        $sageId = Http::sage($this->tokens->current())
            ->withHeaders(['Idempotency-Key' => 'invoice-' . $invoice->id])
            ->post('/sales_invoices', ['sales_invoice' => $payload])
            ->json('id');
        if (!is_string($sageId)) {
            throw new \UnexpectedValueException('sage returned no invoice id');
        }

        $invoice->forceFill(['exported_at' => now(), 'sage_id' => $sageId])->save();
        Log::info('invoice exported to sage', ['invoice' => $invoice->id]);
    }
}
