import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, json, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { bounces } from '../repositories/bounces';
import { logger } from '../lib/logger';
import { env } from '../config/env';

const bounce = z.object({
  ID: z.number().int(),
  RecordType: z.literal('Bounce'),
  Type: z.string(),
  Email: z.string().email(),
  BouncedAt: z.string().datetime({ offset: true }),
  Inactive: z.boolean(),
});

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

const expectedCredentials = digest(`${env.POSTMARK_HOOK_USER}:${env.POSTMARK_HOOK_PASSWORD}`);

function requireHookCredentials(req: Request, res: Response, next: NextFunction) {
  const [scheme, encoded = ''] = (req.get('authorization') ?? '').split(' ');
  const given = digest(Buffer.from(encoded, 'base64').toString('utf8'));
  if (scheme !== 'Basic' || !timingSafeEqual(given, expectedCredentials)) {
    return res.set('WWW-Authenticate', 'Basic realm="hooks"').sendStatus(401);
  }
  return next();
}

export const postmarkBounces = Router();

postmarkBounces.post(
  '/hooks/postmark/bounces',
  requireHookCredentials,
  json({ limit: '100kb' }),
  async (req, res, next) => {
    const parsed = bounce.safeParse(req.body);
    if (!parsed.success) {
      logger.warn({ issues: parsed.error.issues.length }, 'unexpected postmark payload');
      return res.sendStatus(422);
    }
    const { ID, Email, Type, BouncedAt, Inactive } = parsed.data;
    try {
      // unique index on postmark_id, so a repeated delivery changes nothing
      await bounces.insertIfAbsent({
        postmarkId: ID,
        email: Email.toLowerCase(),
        type: Type,
        bouncedAt: new Date(BouncedAt),
        suppress: Inactive,
      });
      return res.sendStatus(200);
    } catch (err) {
      return next(err);
    }
  },
);
