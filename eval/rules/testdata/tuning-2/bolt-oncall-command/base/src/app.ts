import { App } from '@slack/bolt';
import { registerIncident } from './commands/incident';
import { env } from './env';

const app = new App({
  token: env.SLACK_BOT_TOKEN,
  signingSecret: env.SLACK_SIGNING_SECRET,
});

registerIncident(app);

app.start(env.PORT).then(
  () => app.logger.info(`listening on ${env.PORT}`),
  (err) => {
    app.logger.error(err);
    process.exitCode = 1;
  },
);
