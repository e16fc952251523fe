import Stripe from 'stripe';
import { NextResponse } from 'next/server';
import { db } from '@/lib/db';
import { log } from '@/lib/log';

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!, { apiVersion: '2024-06-20' });

export async function POST(req: Request) {
  const signature = req.headers.get('stripe-signature');
  if (!signature) {
    return NextResponse.json({ error: 'no signature' }, { status: 400 });
  }
  if (Number(req.headers.get('content-length') ?? 0) > 1_000_000) {
    return NextResponse.json({ error: 'too large' }, { status: 413 });
  }

  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(
      await req.text(),
      signature,
      process.env.STRIPE_WEBHOOK_SECRET!,
    );
  } catch {
    log.warn('stripe signature rejected');
    return NextResponse.json({ error: 'bad signature' }, { status: 400 });
  }

  if (event.type === 'checkout.session.completed') {
    const session = event.data.object;
    const walletId = session.metadata?.walletId;
    if (!walletId || session.payment_status !== 'paid' || session.currency !== 'eur' || session.amount_total === null) {
      log.warn({ eventId: event.id }, 'session without wallet or payment');
      return NextResponse.json({ received: true });
    }
    const amount = session.amount_total;
    await db.$transaction(async (tx) => {
      const added = await tx.ledgerEntry.createMany({
        data: [{ id: `stripe:${session.id}`, walletId, amountCents: amount }],
        skipDuplicates: true,
      });
      if (added.count === 0) return;
      await tx.wallet.update({
        where: { id: walletId },
        data: { balanceCents: { increment: amount } },
      });
    });
    log.info({ eventId: event.id, walletId }, 'wallet top-up recorded');
  }

  return NextResponse.json({ received: true });
}
