import { pipeline } from 'node:stream/promises';
import { Readable, type Writable } from 'node:stream';
import Stripe from 'stripe';
import { config } from '../config';
import { logger } from '../logger';
import { formatMinor } from '../money/format-minor';

const stripe = new Stripe(config.stripe.restrictedKey, { apiVersion: '2024-06-20', maxNetworkRetries: 3 });

const HEADER = 'invoice;customer;total;currency;paid_at\n';

function field(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

async function* rows(from: Date, to: Date): AsyncGenerator<string> {
  yield HEADER;
  let count = 0;

  const invoices = stripe.invoices.list({
    status: 'paid',
    created: { gte: Math.floor(from.getTime() / 1000), lt: Math.floor(to.getTime() / 1000) },
    limit: 100,
  });
  for await (const invoice of invoices) {
    const paidAt = invoice.status_transitions.paid_at;
    yield [
      field(invoice.number ?? invoice.id),
      field(typeof invoice.customer === 'string' ? invoice.customer : (invoice.customer?.id ?? '')),
      formatMinor(invoice.total, invoice.currency),
      invoice.currency,
      paidAt ? new Date(paidAt * 1000).toISOString() : '',
    ].join(';') + '\n';
    count++;
  }

  logger.info({ count, from, to }, 'stripe invoices exported');
}

export function exportPaidInvoices(from: Date, to: Date, target: Writable): Promise<void> {
  return pipeline(Readable.from(rows(from, to)), target);
}
