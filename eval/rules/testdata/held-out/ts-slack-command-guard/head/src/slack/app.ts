import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { onCallFor } from '../rota/lookup';
import { config } from '../config';
import { slackGuard } from './guard';

export const slack = new Hono<{ Variables: { rawBody: string } }>();

slack.use('*', bodyLimit({ maxSize: 64 * 1024 }));
slack.use('*', slackGuard(config.slack.signingSecret));

slack.post('/commands/oncall', async (c) => {
  const form = new URLSearchParams(c.var.rawBody);
  const team = (form.get('text') ?? '').trim().toLowerCase();
  if (!/^[a-z0-9-]{2,40}$/.test(team)) {
    return c.json({ response_type: 'ephemeral', text: 'Usage: /oncall <team>' });
  }

  const person = await onCallFor(team);
  return c.json({
    response_type: 'ephemeral',
    text: person ? `On call for ${team}: ${person.displayName}` : `No rota named ${team}`,
  });
});
