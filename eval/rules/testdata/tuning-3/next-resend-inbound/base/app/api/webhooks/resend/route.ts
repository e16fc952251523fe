import { headers } from 'next/headers';
import { NextResponse } from 'next/server';
import { Webhook, WebhookVerificationError } from 'svix';
import { db } from '@/lib/db';
import { env } from '@/lib/env';

type ResendEvent = {
  type: 'email.delivered' | 'email.bounced' | 'email.complained';
  created_at: string;
  data: { email_id: string; to: string[] };
};

const webhook = new Webhook(env.RESEND_WEBHOOK_SECRET);

export async function POST(request: Request) {
  const payload = await request.text();
  const h = await headers();

  let event: ResendEvent;
  try {
    event = webhook.verify(payload, {
      'svix-id': h.get('svix-id') ?? '',
      'svix-timestamp': h.get('svix-timestamp') ?? '',
      'svix-signature': h.get('svix-signature') ?? '',
    }) as ResendEvent;
  } catch (err) {
    if (err instanceof WebhookVerificationError) {
      return NextResponse.json({ error: 'invalid signature' }, { status: 400 });
    }
    throw err;
  }

  if (event.type !== 'email.delivered') {
    await db.suppression.createMany({
      data: event.data.to.map((address) => ({ address, reason: event.type })),
      skipDuplicates: true,
    });
  }
  return NextResponse.json({ ok: true });
}
