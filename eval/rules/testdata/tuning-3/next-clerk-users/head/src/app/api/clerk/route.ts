import { headers } from 'next/headers';
import { NextResponse } from 'next/server';
import { Webhook } from 'svix';
import { clerkUserEvent } from '@/server/clerk/schema';
import { applyUserDeleted, applyUserUpserted } from '@/server/users/projection';
import { env } from '@/env';

export const runtime = 'nodejs';

export async function POST(req: Request) {
  const body = await req.text();
  const h = await headers();

  let verified: unknown;
  try {
    verified = new Webhook(env.CLERK_WEBHOOK_SECRET).verify(body, {
      'svix-id': h.get('svix-id') ?? '',
      'svix-timestamp': h.get('svix-timestamp') ?? '',
      'svix-signature': h.get('svix-signature') ?? '',
    });
  } catch {
    return new NextResponse('bad signature', { status: 400 });
  }

  const parsed = clerkUserEvent.safeParse(verified);
  if (!parsed.success) {
    // event types we did not subscribe to
    return new NextResponse(null, { status: 204 });
  }

  const event = parsed.data;
  if (event.type === 'user.deleted') {
    await applyUserDeleted(event.data.id);
  } else {
    await applyUserUpserted(event.data);
  }
  return new NextResponse(null, { status: 204 });
}
