import createMollieClient from '@mollie/api-client';
import { pool } from '@/lib/pool';
import { withTimeout } from '@/lib/with-timeout';
import { logger } from '@/lib/logger';

const mollie = createMollieClient({ apiKey: process.env.MOLLIE_API_KEY });

const PAYMENT_ID = /^tr_[A-Za-z0-9]{6,32}$/;

async function settle(payment) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rowCount } = await client.query(
      `update payments set status = 'paid', paid_at = $2
       where mollie_id = $1 and status <> 'paid' and amount = $3::numeric and currency = $4`,
      [payment.id, payment.paidAt, payment.amount.value, payment.amount.currency],
    );
    if (rowCount === 1) {
      await client.query(`insert into outbox (topic, key) values ('payment.paid', $1)`, [payment.id]);
    }
    await client.query('commit');
    return rowCount === 1;
  } catch (err) {
    await client.query('rollback');
    throw err;
  } finally {
    client.release();
  }
}

export async function POST(request) {
  const id = (await request.formData()).get('id');
  if (typeof id !== 'string' || !PAYMENT_ID.test(id)) {
    return new Response(null, { status: 400 });
  }

  const payment = await withTimeout(mollie.payments.get(id), 8_000);
  if (payment.status === 'paid') {
    const settled = await settle(payment);
    logger.info({ paymentId: id, settled }, 'mollie payment is paid');
  } else {
    await pool.query(`update payments set status = $2 where mollie_id = $1 and status <> 'paid'`, [id, payment.status]);
  }
  return new Response(null, { status: 200 });
}
