import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordingQueue } from '../queues/recordingQueue';

const Recording = z.object({
  event: z.literal('recording.completed'),
  payload: z.object({ object: z.object({ uuid: z.string(), host_id: z.string() }) }),
});

const MAX_AGE_SECONDS = 300;

function isSigned(secret: string, raw: string, ts: string, given: string): boolean {
  const age = Math.abs(Date.now() / 1000 - Number(ts));
  if (!Number.isFinite(age) || age > MAX_AGE_SECONDS) {
    return false;
  }
  const want = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${ts}:${raw}`).digest('hex')}`);
  const got = Buffer.from(given);
  return want.length === got.length && timingSafeEqual(want, got);
}

export async function recordingHook(app: FastifyInstance, opts: { secret: string }): Promise<void> {
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 262_144 }, (_req, body, done) =>
    done(null, body),
  );

  app.post('/hooks/zoom/recording', async (req, reply) => {
    const raw = req.body as string;
    const ts = String(req.headers['x-zm-request-timestamp'] ?? '');
    if (!isSigned(opts.secret, raw, ts, String(req.headers['x-zm-signature'] ?? ''))) {
      return reply.code(401).send();
    }
    let body: unknown;
    try {
      body = JSON.parse(raw);
    } catch {
      return reply.code(400).send();
    }
    const parsed = Recording.safeParse(body);
    if (!parsed.success) {
      return reply.code(204).send();
    }
    const { uuid, host_id: hostId } = parsed.data.payload.object;
    await recordingQueue.add('fetch', { uuid, hostId }, { jobId: `zoom-${Buffer.from(uuid).toString('hex')}` });
    return reply.code(202).send();
  });
}
