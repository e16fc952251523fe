const { App, LogLevel } = require('@slack/bolt');
const { config } = require('./config');
const { incidents } = require('./store/incidents');
const log = require('./log');

const app = new App({
  token: config.slack.botToken,
  signingSecret: config.slack.signingSecret,
  logLevel: LogLevel.WARN,
  clientOptions: { timeout: 10_000 },
});

app.command('/incident', async ({ command, ack, respond }) => {
  const title = command.text.trim();
  if (title.length === 0 || title.length > 200) {
    await ack('Usage: /incident <title, at most 200 characters>');
    return;
  }

  // trigger_id is unique per invocation and is the key of the insert
  const incident = await incidents.open({
    key: command.trigger_id,
    title,
    channelId: command.channel_id,
    openedBy: command.user_id,
  });
  await ack();
  await respond({ response_type: 'in_channel', text: `Incident ${incident.number} opened` });
});

app.error(async (error) => {
  log.error({ code: error.code, message: error.message }, 'slack handler failed');
});

module.exports = { app };
