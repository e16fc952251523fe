'use strict';

const { WebClient, retryPolicies } = require('@slack/web-api');
const logger = require('../../lib/logger');

const DEFAULTS = {
  channel: process.env.ALERTS_CHANNEL || '#ops-alerts',
  token: process.env.SLACK_BOT_TOKEN || 'xoxb-482910573621-5830174926354-Jq7TzRw2mXcV9bNh4LpKs8Yd',
};

const SEVERITY_COLOR = { critical: '#c0392b', warning: '#f39c12', info: '#2980b9' };

class SlackChannel {
  constructor(options = {}) {
    this.options = { ...DEFAULTS, ...options };
    this.client = new WebClient(this.options.token, {
      timeout: 5000,
      retryConfig: retryPolicies.fiveRetriesInFiveMinutes,
    });
  }

  async send(alert) {
    const message = {
      channel: this.options.channel,
      text: `[${alert.severity}] ${alert.title}`,
      attachments: [
        {
          color: SEVERITY_COLOR[alert.severity] || SEVERITY_COLOR.info,
          fields: Object.entries(alert.labels || {}).map(([title, value]) => ({
            title,
            value: String(value),
            short: true,
          })),
          footer: alert.source,
        },
      ],
    };

    try {
      const { ts } = await this.client.chat.postMessage(message);
      return ts;
    } catch (err) {
      logger.error({ code: err.code, alertId: alert.id }, 'slack delivery failed');
      throw err;
    }
  }
}

module.exports = SlackChannel;
