import { createHmac } from 'node:crypto';
import { NextResponse } from 'next/server';
import { env } from '@/lib/env';
import { deliveries } from '@/lib/deliveries';
import { pushEvent } from '@/lib/schemas/github';

export const runtime = 'nodejs';

function matches(raw: string, header: string | null): boolean {
  if (!header) return false;
  const digest = createHmac('sha256', env.GITHUB_WEBHOOK_SECRET).update(raw).digest('hex');
  return header === `sha256=${digest}`;
}

export async function POST(req: Request) {
  const raw = await req.text();
  if (!matches(raw, req.headers.get('x-hub-signature-256'))) {
    return NextResponse.json({ error: 'signature' }, { status: 401 });
  }

  const deliveryId = req.headers.get('x-github-delivery');
  if (!deliveryId) return NextResponse.json({ error: 'delivery' }, { status: 400 });

  if (req.headers.get('x-github-event') !== 'push') {
    return new NextResponse(null, { status: 204 });
  }

  const parsed = pushEvent.safeParse(JSON.parse(raw));
  if (!parsed.success) {
    return NextResponse.json({ error: 'payload' }, { status: 422 });
  }

  // INSERT … ON CONFLICT (delivery_id) DO NOTHING; a worker picks the rows up
  await deliveries.store(deliveryId, parsed.data);
  return NextResponse.json({ ok: true }, { status: 202 });
}
