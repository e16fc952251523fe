import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';

const Submission = z.object({
  event_id: z.string(),
  form_response: z.object({
    form_id: z.string(),
    token: z.string(),
    submitted_at: z.string(),
    hidden: z.object({ campaign: z.string().max(80) }).partial().default({}),
  }),
});

interface Options {
  secret: string;
}

const plugin: FastifyPluginAsync<Options> = async (app, { secret }) => {
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 512 * 1024 }, (_req, body, done) =>
    done(null, body),
  );

  app.post('/hooks/typeform', async (request, reply) => {
    const raw = request.body as Buffer;
    const given = Buffer.from(String(request.headers['typeform-signature'] ?? ''));
    const wanted = Buffer.from(`sha256=${createHmac('sha256', secret).update(raw).digest('base64')}`);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      request.log.warn('typeform: bad signature');
      return reply.code(401).send();
    }

    let submission: z.infer<typeof Submission>;
    try {
      submission = Submission.parse(JSON.parse(raw.toString('utf8')));
    } catch (err) {
      request.log.warn({ err }, 'typeform: cannot read submission');
      return reply.code(400).send();
    }

    const { form_id, token, submitted_at, hidden } = submission.form_response;
    await app.pg.query(
      `insert into leads (response_token, form_id, submitted_at, campaign)
       values ($1, $2, $3, $4) on conflict (response_token) do nothing`,
      [token, form_id, submitted_at, hidden.campaign ?? null],
    );
    return reply.code(204).send();
  });
};

export default plugin;
