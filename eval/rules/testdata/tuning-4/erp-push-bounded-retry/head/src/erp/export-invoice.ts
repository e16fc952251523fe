import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '../lib/logger';
import { env } from '../config/env';
import type { Invoice } from '../domain/invoice';

export class ErpRejectedError extends Error {
  constructor(readonly status: number, readonly invoiceId: string) {
    super(`ERP rejected invoice ${invoiceId} with ${status}`);
  }
}

function toErpDocument(invoice: Invoice) {
  return {
    externalNumber: invoice.number,
    debtor: invoice.customer.debtorNumber,
    postingDate: invoice.issuedOn,
    currency: invoice.currency,
    lines: invoice.lines.map((l) => ({
      account: l.ledgerAccount,
      amountMinor: l.amountMinor,
      taxCode: l.taxCode,
    })),
  };
}

async function putInvoice(invoice: Invoice): Promise<number> {
  const res = await fetch(`${env.ERP_URL}/documents/${encodeURIComponent(invoice.id)}`, {
    method: 'PUT',
    signal: AbortSignal.timeout(20_000),
    headers: { 'content-type': 'application/json', 'x-api-key': env.ERP_API_KEY },
    body: JSON.stringify(toErpDocument(invoice)),
  });
  await res.body?.cancel();
  return res.status;
}

export async function exportInvoice(invoice: Invoice): Promise<void> {
  const maxAttempts = 5;
  for (let attempt = 1; ; attempt++) {
    let status: number | undefined;
    try {
      status = await putInvoice(invoice);
    } catch (err) {
      logger.warn({ err, invoiceId: invoice.id }, 'ERP not reachable');
    }
    if (status !== undefined && status < 300) {
      logger.info({ invoiceId: invoice.id }, 'invoice exported');
      return;
    }
    if (status !== undefined && status >= 400 && status < 500 && status !== 429) {
      throw new ErpRejectedError(status, invoice.id);
    }
    if (attempt >= maxAttempts) {
      throw new Error(`ERP export of invoice ${invoice.id} failed after ${attempt} attempts`);
    }
    await sleep(Math.min(30_000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2));
  }
}
