import { createHmac, timingSafeEqual } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { z } from 'zod';
import { env } from '@/env.mjs';
import { scheduleDeployment } from '@/lib/deployments';

export const runtime = 'nodejs';

const DeploymentEvent = z.object({
  deployment: z.object({
    id: z.number().int(),
    sha: z.string().regex(/^[0-9a-f]{40}$/),
    environment: z.enum(['staging', 'production']),
  }),
  repository: z.object({ full_name: z.string() }),
});

function matchesSignature(raw: string, header: string | null): boolean {
  if (!header) return false;
  const expected = `sha256=${createHmac('sha256', env.GITHUB_WEBHOOK_SECRET).update(raw).digest('hex')}`;
  const a = Buffer.from(header);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

export async function POST(req: NextRequest) {
  const raw = await req.text();
  if (!matchesSignature(raw, req.headers.get('x-hub-signature-256'))) {
    return NextResponse.json({ error: 'unauthorized' }, { status: 401 });
  }

  if (req.headers.get('x-github-event') !== 'deployment') {
    return new NextResponse(null, { status: 204 });
  }

  const parsed = DeploymentEvent.safeParse(JSON.parse(raw));
  if (!parsed.success) {
    return NextResponse.json({ error: 'unprocessable' }, { status: 422 });
  }

  const { deployment, repository } = parsed.data;
  await scheduleDeployment({
    dedupeKey: `gh-deployment-${deployment.id}`,
    repo: repository.full_name,
    sha: deployment.sha,
    environment: deployment.environment,
  });
  return NextResponse.json({ scheduled: true }, { status: 202 });
}
