import express, { type Request, type Response } from 'express';
import { Environment, EventName, LogLevel, Paddle, type EventEntity } from '@paddle/paddle-node-sdk';
import { subscriptions } from './subscriptions.repo';
import { config } from '../config';
import { logger } from '../logger';

const paddle = new Paddle(config.paddle.apiKey, {
  environment: Environment.production,
  logLevel: LogLevel.error,
});

async function apply(event: EventEntity): Promise<void> {
  switch (event.eventType) {
    case EventName.SubscriptionActivated:
    case EventName.SubscriptionUpdated:
      await subscriptions.upsertIfNewer(event.data.id, event.data.status, event.occurredAt);
      break;
    case EventName.SubscriptionCanceled:
      await subscriptions.cancel(event.data.id, event.occurredAt);
      break;
    default:
      logger.debug({ type: event.eventType }, 'paddle: event not handled');
  }
}

export const paddleWebhook = [
  express.raw({ type: 'application/json', limit: '500kb' }),
  async (req: Request, res: Response) => {
    let event: EventEntity;
    try {
      event = await paddle.webhooks.unmarshal(
        req.body.toString('utf8'),
        config.paddle.webhookSecret,
        req.get('paddle-signature') ?? '',
      );
    } catch {
      res.status(401).send('invalid signature');
      return;
    }

    res.sendStatus(200);
    apply(event).catch((err) => {
      logger.error({ err, eventId: event.eventId }, 'paddle: event failed');
    });
  },
];
