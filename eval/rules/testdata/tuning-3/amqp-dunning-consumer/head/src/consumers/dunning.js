import { handleDunning, PermanentError } from '../dunning/handler.js';
import { logger } from '../logger.js';

const QUEUE = 'dunning';
const RETRY_EXCHANGE = 'dunning.retry'; // queue behind it has x-message-ttl and dead-letters back to `dunning`
const PARKED_EXCHANGE = 'dunning.parked';
const MAX_ATTEMPTS = 5;

function attemptOf(msg) {
  const headers = msg.properties.headers || {};
  return Number(headers['x-attempt'] || 1);
}

export async function startDunningConsumer(connection) {
  const channel = await connection.createConfirmChannel();
  await channel.prefetch(10);

  const forward = async (exchange, msg) => {
    channel.publish(exchange, QUEUE, msg.content, {
      persistent: true,
      messageId: msg.properties.messageId,
      headers: { ...msg.properties.headers, 'x-attempt': attemptOf(msg) + 1 },
    });
    await channel.waitForConfirms();
    channel.ack(msg);
  };

  await channel.consume(QUEUE, async (msg) => {
    if (msg === null) {
      logger.error('dunning consumer cancelled by the broker');
      process.exitCode = 1;
      await connection.close();
      return;
    }
    const meta = { messageId: msg.properties.messageId, attempt: attemptOf(msg) };
    try {
      // handler records messageId in the same transaction as its effects
      await handleDunning(msg.properties.messageId, JSON.parse(msg.content.toString('utf8')));
      channel.ack(msg);
    } catch (err) {
      const park = err instanceof PermanentError || err instanceof SyntaxError || meta.attempt >= MAX_ATTEMPTS;
      logger.warn({ ...meta, err: err.message, park }, 'dunning message failed');
      await forward(park ? PARKED_EXCHANGE : RETRY_EXCHANGE, msg).catch(() => channel.nack(msg, false, true));
    }
  });
}
