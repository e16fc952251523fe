import { Router, json } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { updates } from '../store/updates';
import { config } from '../config';

const update = z.object({
  update_id: z.number().int(),
  message: z
    .object({
      message_id: z.number().int(),
      date: z.number().int(),
      chat: z.object({ id: z.number().int() }),
      text: z.string().max(4096).optional(),
    })
    .optional(),
});

const digest = (value: string) => createHash('sha256').update(value, 'utf8').digest();
const expected = digest(config.telegramSecretToken);

export const telegram = Router();

telegram.use((req, res, next) => {
  const token = req.header('x-telegram-bot-api-secret-token') ?? '';
  if (!timingSafeEqual(digest(token), expected)) {
    res.sendStatus(403);
    return;
  }
  next();
});

telegram.post('/update', json({ limit: '256kb' }), async (req, res, next) => {
  const parsed = update.safeParse(req.body);
  if (!parsed.success || !parsed.data.message?.text) {
    // edits, polls, reactions: nothing for the support inbox
    res.sendStatus(200);
    return;
  }
  try {
    // insert ... on conflict (update_id) do nothing; the worker polls the table
    await updates.insertOnce(parsed.data.update_id, parsed.data.message);
    res.sendStatus(200);
  } catch (err) {
    next(err);
  }
});
