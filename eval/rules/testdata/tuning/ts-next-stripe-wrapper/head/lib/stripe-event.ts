import { Prisma } from '@prisma/client';
import { NextResponse } from 'next/server';
import type Stripe from 'stripe';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { prisma } from '@/lib/prisma';
import { stripe } from '@/lib/stripe';

type Handler = (event: Stripe.Event, tx: Prisma.TransactionClient) => Promise<void>;

const isUniqueViolation = (err: unknown) =>
  err instanceof Prisma.PrismaClientKnownRequestError && err.code === 'P2002';

export function withStripeEvent(handler: Handler) {
  return async (req: Request): Promise<Response> => {
    let event: Stripe.Event;
    try {
      event = stripe.webhooks.constructEvent(
        await req.text(),
        req.headers.get('stripe-signature') ?? '',
        env.STRIPE_WEBHOOK_SECRET,
      );
    } catch {
      return NextResponse.json({ error: 'signature' }, { status: 400 });
    }

    try {
      await prisma.$transaction(async (tx) => {
        await tx.stripeEvent.create({ data: { id: event.id, type: event.type } });
        await handler(event, tx);
      });
    } catch (err) {
      if (isUniqueViolation(err)) return NextResponse.json({ duplicate: true });
      log.error({ eventId: event.id, type: event.type, err }, 'stripe event failed');
      return NextResponse.json({ error: 'retry' }, { status: 500 });
    }
    return NextResponse.json({ received: true });
  };
}
