import type { NextFunction, Request, Response } from 'express';
import { createHmac, timingSafeEqual } from 'node:crypto';

const VERSION = 'v0';
const MAX_AGE_SECONDS = 60 * 5;

export interface RawRequest extends Request {
  rawBody: Buffer;
}

export function slackSignature(signingSecret: string) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const timestamp = req.header('x-slack-request-timestamp');
    const signature = req.header('x-slack-signature');
    const raw = (req as RawRequest).rawBody;

    if (!timestamp || !signature || !raw) {
      res.status(401).end();
      return;
    }
    if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= MAX_AGE_SECONDS)) {
      res.status(401).end();
      return;
    }

    const mac = createHmac('sha256', signingSecret).update(`${VERSION}:${timestamp}:`).update(raw).digest('hex');
    const expected = Buffer.from(`${VERSION}=${mac}`);
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
      res.status(401).end();
      return;
    }
    next();
  };
}
