import { NextResponse } from 'next/server'
import type Stripe from 'stripe'
import { prisma } from '@/lib/prisma'
import { stripe } from '@/lib/stripe'
import { log } from '@/lib/log'

export const runtime = 'nodejs'

export async function POST(request: Request) {
  const signature = request.headers.get('stripe-signature')
  if (!signature) return NextResponse.json({ error: 'missing signature' }, { status: 400 })

  let event: Stripe.Event
  try {
    event = stripe.webhooks.constructEvent(
      await request.text(),
      signature,
      process.env.STRIPE_WEBHOOK_SECRET as string,
    )
  } catch (err) {
    log.warn('stripe webhook rejected', { reason: (err as Error).message })
    return NextResponse.json({ error: 'bad signature' }, { status: 400 })
  }

  if (event.type === 'checkout.session.completed') {
    const session = event.data.object
    const walletId = session.metadata?.wallet_id
    if (session.mode !== 'payment' || session.payment_status !== 'paid' || !walletId) {
      return NextResponse.json({ received: true })
    }
    log.info('wallet payment', { walletId, session: session.id })
  }

  return NextResponse.json({ received: true })
}
