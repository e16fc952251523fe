const amqp = require('amqplib');
const config = require('../config');
const { payoutRequested } = require('../schemas/payouts');
const { payouts } = require('../store/payouts');
const log = require('../log');

const QUEUE = 'payouts.requested';

async function start() {
  const connection = await amqp.connect(config.rabbit.url, { timeout: 10_000 });
  const channel = await connection.createChannel();
  await channel.assertQueue(QUEUE, { durable: true, deadLetterExchange: 'dlx' });
  await channel.prefetch(20);

  await channel.consume(QUEUE, async (msg) => {
    if (!msg) return;
    let event;
    try {
      event = payoutRequested.parse(JSON.parse(msg.content.toString()));
    } catch (err) {
      log.error({ messageId: msg.properties.messageId, message: err.message }, 'unreadable payout message');
      channel.nack(msg, false, false);
      return;
    }

    try {
      // unique (request_id); repeats are ignored
      await payouts.insertOnce(event.requestId, event.accountId, event.amountMinor, event.currency);
      channel.ack(msg);
    } catch (err) {
      log.error({ requestId: event.requestId, err }, 'payout not stored');
      channel.nack(msg, false, !msg.fields.redelivered);
    }
  });

  return { connection, channel };
}

module.exports = { start };
