const { buildRevenueReport } = require('../reports/revenue');
const { renderPdf } = require('../reports/pdf');

const PERIODS = new Set(['day', 'week', 'month']);

/**
 * Registered on a Bolt App that is created with signingSecret, see src/slack.js.
 */
function registerReportCommand(app) {
  app.command('/revenue', async ({ command, ack, client, logger }) => {
    const period = command.text.trim() || 'week';
    if (!PERIODS.has(period)) {
      await ack(`Unknown period. Use one of ${[...PERIODS].join(', ')}.`);
      return;
    }

    const report = await buildRevenueReport({ period, teamId: command.team_id });
    const pdf = await renderPdf(report);
    await client.files.uploadV2({
      channel_id: command.channel_id,
      filename: `revenue-${period}.pdf`,
      file: pdf,
    });
    logger.info(`report ${period} delivered to ${command.channel_id}`);
    await ack();
  });
}

module.exports = { registerReportCommand };
