import { Webhook, WebhookVerificationError } from 'svix';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { sql } from 'kysely';
import { db } from '../db';

const MembershipEvent = z.object({
  type: z.enum(['organizationMembership.created', 'organizationMembership.deleted']),
  data: z.object({
    organization: z.object({ id: z.string() }),
    public_user_data: z.object({ user_id: z.string() }),
  }),
});

export const clerkWebhook: FastifyPluginAsync<{ secret: string }> = async (app, { secret }) => {
  const webhook = new Webhook(secret);
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 262_144 }, (_req, body, done) =>
    done(null, body),
  );

  app.post('/webhooks/clerk', async (req, reply) => {
    const headers = req.headers as Record<string, string>;
    let verified: unknown;
    try {
      verified = webhook.verify(req.body as string, headers);
    } catch (err) {
      if (err instanceof WebhookVerificationError) return reply.code(401).send();
      throw err;
    }

    const kind = (verified as { type?: string }).type;
    if (!kind?.startsWith('organizationMembership.') || kind.endsWith('.updated')) return reply.code(204).send();
    const parsed = MembershipEvent.safeParse(verified);
    if (!parsed.success) return reply.code(422).send();
    const { type, data } = parsed.data;

    await db.transaction().execute(async (trx) => {
      const inserted = await trx
        .insertInto('webhook_events')
        .values({ provider: 'clerk', external_id: headers['svix-id'] })
        .onConflict((oc) => oc.columns(['provider', 'external_id']).doNothing())
        .executeTakeFirst();
      if (Number(inserted.numInsertedOrUpdatedRows ?? 0) === 0) return;

      const delta = type === 'organizationMembership.created' ? 1 : -1;
      await trx
        .updateTable('organizations')
        .set({ seats_used: sql`seats_used + ${delta}` })
        .where('clerk_id', '=', data.organization.id)
        .execute();
    });
    return reply.code(204).send();
  });
};
