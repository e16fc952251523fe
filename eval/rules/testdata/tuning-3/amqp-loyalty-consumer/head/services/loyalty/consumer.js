const amqp = require('amqplib');
const { LoyaltyApi } = require('./loyalty-api');
const { accounts } = require('./accounts');
const logger = require('./logger');

const QUEUE = 'order.completed.loyalty';

async function start({ url, api = new LoyaltyApi() }) {
  const connection = await amqp.connect(url, { heartbeat: 20 });
  const channel = await connection.createChannel();
  await channel.assertQueue(QUEUE, { durable: true, arguments: { 'x-dead-letter-exchange': 'dlx' } });
  await channel.prefetch(25);

  await channel.consume(QUEUE, async (message) => {
    if (!message) return;
    const order = JSON.parse(message.content.toString());
    channel.ack(message);

    try {
      const points = Math.floor(order.totalMinor / 100);
      const account = await accounts.byCustomer(order.customerId);
      await api.addPoints(account.externalId, {
        points,
        reason: `order ${order.number}`,
      });
      await accounts.addBalance(account.id, points);
      logger.info({ order: order.number, points }, 'points added');
    } catch (err) {
      logger.error({ order: order.number, err: err.message }, 'points not added');
    }
  });

  return () => channel.close().then(() => connection.close());
}

module.exports = { start };
