import Stripe from 'stripe';
import { Pool } from 'pg';

const stripe = new Stripe(required('STRIPE_SECRET_KEY'), { apiVersion: '2024-06-20', maxNetworkRetries: 3 });
const pool = new Pool({ connectionString: required('DATABASE_URL') });

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

async function save(invoice: Stripe.Invoice): Promise<void> {
  await pool.query(
    `INSERT INTO invoices (external_id, customer_id, status, total_minor, currency, created_at)
     VALUES ($1, $2, $3, $4, $5, to_timestamp($6))
     ON CONFLICT (external_id)
     DO UPDATE SET status = EXCLUDED.status, total_minor = EXCLUDED.total_minor`,
    [
      invoice.id,
      typeof invoice.customer === 'string' ? invoice.customer : invoice.customer?.id,
      invoice.status,
      invoice.total,
      invoice.currency,
      invoice.created,
    ],
  );
}

async function backfillInvoices(since: number): Promise<number> {
  let count = 0;
  for await (const invoice of stripe.invoices.list({ created: { gte: since }, limit: 100 })) {
    await save(invoice);
    count += 1;
  }
  return count;
}

async function countDisputes(since: number): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  for (;;) {
    const page: Stripe.ApiList<Stripe.Dispute> = await stripe.disputes.list({
      created: { gte: since },
      limit: 100,
      starting_after: cursor,
    });
    count += page.data.length;
    if (!page.has_more || page.data.length === 0) return count;
    cursor = page.data[page.data.length - 1].id;
  }
}

const since = Math.floor(Date.parse(required('BACKFILL_SINCE')) / 1000);
Promise.all([backfillInvoices(since), countDisputes(since)])
  .then(([invoices, disputes]) => console.log(`invoices=${invoices} disputes=${disputes}`))
  .catch((err) => {
    console.error(err instanceof Error ? err.message : 'backfill failed');
    process.exitCode = 1;
  })
  .finally(() => pool.end());
