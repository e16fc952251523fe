const { buildRevenueReport } = require('../reports/revenue');
const { renderPdf } = require('../reports/pdf');
const { reportQueue } = require('../queues');

const PERIODS = new Set(['day', 'week', 'month']);

/**
 * Registered on a Bolt App that is created with signingSecret, see src/slack.js.
 */
function registerReportCommand(app) {
  app.command('/revenue', async ({ command, ack }) => {
    const period = command.text.trim() || 'week';
    if (!PERIODS.has(period)) {
      await ack(`Unknown period. Use one of ${[...PERIODS].join(', ')}.`);
      return;
    }
    await reportQueue.add('revenue', {
      period,
      teamId: command.team_id,
      channelId: command.channel_id,
    });
    await ack('Working on it.');
  });
}

async function deliverReport({ data }, client) {
  const report = await buildRevenueReport({ period: data.period, teamId: data.teamId });
  await client.files.uploadV2({
    channel_id: data.channelId,
    filename: `revenue-${data.period}.pdf`,
    file: await renderPdf(report),
  });
}

module.exports = { registerReportCommand, deliverReport };
