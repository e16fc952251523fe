import type { FastifyInstance } from 'fastify';
import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { installations } from '../repositories/installations';
import { config } from '../config';

const callbackQuery = z.object({ code: z.string().min(1), state: z.string().min(16) });

export async function slackInstallRoutes(app: FastifyInstance) {
  const slack = new WebClient(undefined, { timeout: 10_000 });

  app.get('/slack/oauth/callback', async (req, reply) => {
    const query = callbackQuery.safeParse(req.query);
    if (!query.success) return reply.code(400).send({ error: 'invalid_request' });

    const expected = req.session.get('slackOauthState');
    req.session.set('slackOauthState', undefined);
    if (!expected || expected !== query.data.state) {
      return reply.code(403).send({ error: 'state_mismatch' });
    }

    const access = await slack.oauth.v2.access({
      client_id: config.slack.clientId,
      client_secret: config.slack.clientSecret,
      code: query.data.code,
      redirect_uri: config.slack.redirectUri,
    });

    if (!access.ok || !access.team?.id || !access.access_token) {
      req.log.error({ error: access.error }, 'slack installation incomplete');
      return reply.code(502).send({ error: 'slack_error' });
    }

    await installations.upsert({
      teamId: access.team.id,
      botUserId: access.bot_user_id ?? null,
      accessToken: access.access_token,
      scope: access.scope ?? '',
    });
    return reply.redirect(config.appUrl);
  });
}
