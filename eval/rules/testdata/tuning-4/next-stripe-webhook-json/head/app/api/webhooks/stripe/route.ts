import { NextResponse } from 'next/server';
import type Stripe from 'stripe';
import { Prisma } from '@prisma/client';
import { stripe } from '@/lib/stripe';
import { db } from '@/lib/db';
import { logger } from '@/lib/logger';

export const runtime = 'nodejs';

async function applySubscription(tx: Prisma.TransactionClient, sub: Stripe.Subscription) {
  await tx.workspace.updateMany({
    where: { stripeCustomerId: sub.customer as string },
    data: { plan: sub.items.data[0]?.price.lookup_key ?? 'free', subscriptionStatus: sub.status },
  });
}

export async function POST(req: Request) {
  const event = (await req.json()) as Stripe.Event;
  if (!event?.id || !event.type) {
    return NextResponse.json({ error: 'malformed event' }, { status: 400 });
  }

  try {
    await db.$transaction(async (tx) => {
      await tx.processedStripeEvent.create({ data: { id: event.id, type: event.type } });
      switch (event.type) {
        case 'customer.subscription.created':
        case 'customer.subscription.updated':
        case 'customer.subscription.deleted': {
          const current = await tx.workspace.findFirst({
            where: { stripeCustomerId: event.data.object.customer as string },
            select: { lastStripeEventAt: true },
          });
          if ((current?.lastStripeEventAt ?? 0) > event.created) return;
          await applySubscription(tx, event.data.object);
          await tx.workspace.updateMany({
            where: { stripeCustomerId: event.data.object.customer as string },
            data: { lastStripeEventAt: event.created },
          });
          break;
        }
        default:
          logger.debug({ type: event.type }, 'stripe event ignored');
      }
    });
  } catch (err) {
    if (err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2002') {
      return NextResponse.json({ received: true, duplicate: true });
    }
    logger.error({ err, eventId: event.id }, 'stripe event failed');
    return NextResponse.json({ error: 'processing failed' }, { status: 500 });
  }
  return NextResponse.json({ received: true });
}
