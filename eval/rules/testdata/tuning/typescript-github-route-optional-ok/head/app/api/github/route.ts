import { NextResponse } from 'next/server';
import { verify } from '@octokit/webhooks-methods';
import { enqueueRepoSync } from '@/lib/queue';
import { env } from '@/lib/env';
import { pushEventSchema } from '@/lib/github/schemas';

export const runtime = 'nodejs';

export async function POST(req: Request) {
  const body = await req.text();
  const signature = req.headers.get('x-hub-signature-256');
  const delivery = req.headers.get('x-github-delivery');
  const event = req.headers.get('x-github-event');

  if (!signature || !(await verify(env.GITHUB_WEBHOOK_SECRET, body, signature))) {
    return NextResponse.json({ error: 'signature mismatch' }, { status: 401 });
  }

  if (event !== 'push') {
    return NextResponse.json({ skipped: event });
  }

  const parsed = pushEventSchema.safeParse(JSON.parse(body));
  if (!parsed.success) {
    return NextResponse.json({ error: 'unexpected payload' }, { status: 422 });
  }

  await enqueueRepoSync({
    dedupeId: delivery ?? parsed.data.after,
    repo: parsed.data.repository.full_name,
    sha: parsed.data.after,
  });
  return NextResponse.json({ queued: true }, { status: 202 });
}
