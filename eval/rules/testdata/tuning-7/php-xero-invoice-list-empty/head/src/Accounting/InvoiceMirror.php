<?php

declare(strict_types=1);

namespace App\Accounting;

use App\Repository\InvoiceRepository;

final class InvoiceMirror
{
    public function __construct(
        private readonly XeroInvoices $xero,
        private readonly InvoiceRepository $invoices,
    ) {
    }

    public function run(): void
    {
        $remote = $this->xero->all();
        foreach ($remote as $invoice) {
            $this->invoices->upsert($invoice['InvoiceID'], $invoice['Status']);
        }

        $this->invoices->archiveAllExcept(array_column($remote, 'InvoiceID'));
    }
}
