import type { App } from '@slack/bolt';
import { rotaClient } from '../rota/client';

const TEAM = /^[a-z][a-z0-9-]{1,30}$/;
const USAGE = 'Usage: `/oncall <team>`, for example `/oncall payments`';

export function registerOncall(app: App): void {
  app.command('/oncall', async ({ command, ack, respond, logger }) => {
    await ack();

    const team = command.text.trim().toLowerCase();
    if (!TEAM.test(team)) {
      await respond({
        response_type: 'ephemeral',
        text: USAGE,
      });
      return;
    }

    try {
      const shift = await rotaClient.currentShift(team);
      await respond({
        response_type: 'ephemeral',
        text: shift ? `${shift.person} is on call for ${team} until ${shift.until}` : `Nobody is on call for ${team}.`,
      });
    } catch (err) {
      logger.error(`rota lookup failed for ${team}: ${(err as Error).message}`);
      await respond({ response_type: 'ephemeral', text: 'The rota service does not answer. Try again in a minute.' });
    }
  });
}
