import type Stripe from 'stripe';
import { withStripeEvent } from '@/lib/stripe-event';
import { entitlements } from '@/lib/entitlements';

export const runtime = 'nodejs';

export const POST = withStripeEvent(async (event, tx) => {
  switch (event.type) {
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted': {
      const subscription = event.data.object as Stripe.Subscription;
      await entitlements.sync(tx, {
        subscriptionId: subscription.id,
        status: subscription.status,
        priceIds: subscription.items.data.map((item) => item.price.id),
        asOf: new Date(event.created * 1000),
      });
      return;
    }
    default:
      return;
  }
});
