import { NextResponse, type NextRequest } from 'next/server';
import Stripe from 'stripe';
import { db } from '@/db/client';
import { stripeInbox } from '@/db/schema';
import { env } from '@/env';
import { log } from '@/lib/log';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

const stripe = new Stripe(env.STRIPE_SECRET_KEY, { apiVersion: '2024-06-20' });
const MAX_BODY = 1_000_000;

const WANTED: ReadonlySet<string> = new Set([
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
]);

export async function POST(req: NextRequest) {
  const length = Number(req.headers.get('content-length'));
  if (!(length > 0 && length <= MAX_BODY)) {
    return NextResponse.json({ error: 'length' }, { status: 413 });
  }
  const signature = req.headers.get('stripe-signature');
  if (!signature) {
    return NextResponse.json({ error: 'unsigned' }, { status: 400 });
  }

  const payload = await req.text();
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(payload, signature, env.STRIPE_WEBHOOK_SECRET);
  } catch (err) {
    log.warn({ reason: (err as Error).name }, 'stripe event rejected');
    return NextResponse.json({ error: 'signature' }, { status: 400 });
  }

  if (!WANTED.has(event.type)) {
    return NextResponse.json({ ignored: true });
  }

  // Primary key on event_id. A failing insert throws, the 500 makes Stripe deliver again.
  await db
    .insert(stripeInbox)
    .values({ eventId: event.id, type: event.type, createdAt: new Date(event.created * 1000), body: payload })
    .onConflictDoNothing({ target: stripeInbox.eventId });

  return NextResponse.json({ received: true });
}
