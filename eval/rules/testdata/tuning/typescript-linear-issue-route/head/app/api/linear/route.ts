import { NextResponse, type NextRequest } from 'next/server';
import { z } from 'zod';
import { env } from '@/env.mjs';
import { sameDigest } from '@/lib/crypto/digest';
import { upsertIssue } from '@/lib/issues/repository';

export const runtime = 'nodejs';

const WINDOW_MS = 60_000;

const IssueEvent = z.object({
  action: z.enum(['create', 'update', 'remove']),
  type: z.string(),
  webhookTimestamp: z.number().int(),
  data: z.object({
    id: z.string().uuid(),
    identifier: z.string().max(32),
    title: z.string().max(512),
    updatedAt: z.string().datetime(),
  }),
});

export async function POST(req: NextRequest) {
  const raw = await req.text();
  if (!sameDigest(env.LINEAR_WEBHOOK_SECRET, raw, req.headers.get('linear-signature'))) {
    return NextResponse.json({ error: 'unauthorized' }, { status: 401 });
  }

  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch {
    return NextResponse.json({ error: 'malformed' }, { status: 400 });
  }
  const parsed = IssueEvent.safeParse(body);
  if (!parsed.success) {
    return NextResponse.json({ error: 'unprocessable' }, { status: 422 });
  }
  const event = parsed.data;
  if (Math.abs(Date.now() - event.webhookTimestamp) > WINDOW_MS) {
    return NextResponse.json({ error: 'stale' }, { status: 401 });
  }
  if (event.type !== 'Issue') {
    return new NextResponse(null, { status: 204 });
  }

  // keyed by issue id, older updatedAt values are ignored by the statement
  await upsertIssue({ ...event.data, removed: event.action === 'remove' });
  return NextResponse.json({ ok: true });
}
