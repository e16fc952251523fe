import { beforeEach, describe, expect, it, vi } from 'vitest';
import request from 'supertest';
import Stripe from 'stripe';
import { buildApp } from '../src/app';
import { memoryStore } from './support/memory-store';

const SECRET = 'whsec_test_only_not_a_secret';
const stripe = new Stripe('sk_test_dummy', { apiVersion: '2024-06-20' });

function body(id: string) {
  return JSON.stringify({ id, object: 'event', type: 'invoice.paid', data: { object: { id: 'in_1', customer: 'cus_1' } } });
}

describe('POST /hooks/stripe', () => {
  let store: ReturnType<typeof memoryStore>;

  beforeEach(() => {
    store = memoryStore();
    vi.stubEnv('STRIPE_WEBHOOK_SECRET', SECRET);
  });

  const post = (payload: string, signature?: string) => {
    const call = request(buildApp({ store, stripe })).post('/hooks/stripe').set('content-type', 'application/json');
    return (signature ? call.set('stripe-signature', signature) : call).send(payload);
  };

  it('refuses a request without signature', async () => {
    const res = await post(body('evt_1'));
    expect(res.status).toBe(400);
    expect(store.events).toHaveLength(0);
  });

  it('stores a delivery once', async () => {
    const payload = body('evt_3');
    const header = stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET });
    expect((await post(payload, header)).status).toBe(200);
    expect((await post(payload, header)).status).toBe(200);
    expect(store.events.map((e) => e.id)).toEqual(['evt_3']);
  });

});
