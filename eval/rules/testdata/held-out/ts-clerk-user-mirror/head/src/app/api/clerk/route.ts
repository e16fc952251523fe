import { headers } from 'next/headers';
import { Webhook, WebhookVerificationError } from 'svix';
import { z } from 'zod';
import { sql } from '@/server/sql';
import { env } from '@/env';

const UserEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['user.created', 'user.updated']),
    data: z.object({
      id: z.string(),
      first_name: z.string().nullable(),
      last_name: z.string().nullable(),
      updated_at: z.number(),
    }),
  }),
  z.object({ type: z.literal('user.deleted'), data: z.object({ id: z.string() }) }),
]);

const webhook = new Webhook(env.CLERK_WEBHOOK_SECRET);

export async function POST(req: Request): Promise<Response> {
  const h = await headers();
  let body: unknown;
  try {
    body = webhook.verify(await req.text(), {
      'svix-id': h.get('svix-id') ?? '',
      'svix-timestamp': h.get('svix-timestamp') ?? '',
      'svix-signature': h.get('svix-signature') ?? '',
    });
  } catch (err) {
    if (err instanceof WebhookVerificationError) return new Response('unauthorized', { status: 401 });
    throw err;
  }

  const event = UserEvent.safeParse(body);
  if (!event.success) return new Response('not a user event', { status: 422 });

  if (event.data.type === 'user.deleted') {
    await sql`update members set deleted_at = now() where clerk_id = ${event.data.data.id}`;
    return new Response(null, { status: 204 });
  }

  const user = event.data.data;
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ');
  await sql`
    insert into members (clerk_id, name, source_version) values (${user.id}, ${name}, ${user.updated_at})
    on conflict (clerk_id) do update set name = excluded.name, source_version = excluded.source_version
    where members.source_version < excluded.source_version`;
  return new Response(null, { status: 204 });
}
