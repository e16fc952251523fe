import { createHmac } from 'node:crypto';
import { NextResponse } from 'next/server';
import { z } from 'zod';
import { prisma } from '@/lib/prisma';
import { env } from '@/env';

const IssueEvent = z.object({
  action: z.enum(['create', 'update', 'remove']),
  type: z.literal('Issue'),
  webhookTimestamp: z.number(),
  data: z.object({
    id: z.string().uuid(),
    identifier: z.string(),
    title: z.string(),
    updatedAt: z.coerce.date(),
    state: z.object({ name: z.string() }),
  }),
});

const MAX_AGE_MS = 60_000;

export async function POST(request: Request) {
  const raw = await request.text();
  const expected = createHmac('sha256', env.LINEAR_WEBHOOK_SECRET).update(raw).digest('hex');
  if (request.headers.get('linear-signature') !== expected) {
    return NextResponse.json({ error: 'invalid signature' }, { status: 401 });
  }

  const parsed = IssueEvent.safeParse(JSON.parse(raw));
  if (!parsed.success) {
    return NextResponse.json({ ignored: true });
  }
  const { action, data, webhookTimestamp } = parsed.data;
  if (Math.abs(Date.now() - webhookTimestamp) > MAX_AGE_MS) {
    return NextResponse.json({ error: 'stale delivery' }, { status: 401 });
  }

  if (action === 'remove') {
    await prisma.roadmapItem.updateMany({ where: { linearId: data.id }, data: { removedAt: new Date() } });
    return NextResponse.json({ ok: true });
  }
  await prisma.$executeRaw`
    insert into roadmap_item (linear_id, identifier, title, state, source_updated_at)
    values (${data.id}::uuid, ${data.identifier}, ${data.title}, ${data.state.name}, ${data.updatedAt})
    on conflict (linear_id) do update
      set title = excluded.title, state = excluded.state, source_updated_at = excluded.source_updated_at
      where roadmap_item.source_updated_at < excluded.source_updated_at`;
  return NextResponse.json({ ok: true });
}
