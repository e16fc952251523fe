import type { NextFunction, Request, Response } from 'express';
import { createHmac, timingSafeEqual } from 'node:crypto';

const VERSION = 'v0';

export interface RawRequest extends Request {
  rawBody: Buffer;
}

export function slackSignature(signingSecrets: string[]) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const timestamp = req.header('x-slack-request-timestamp');
    const signature = req.header('x-slack-signature');
    const raw = (req as RawRequest).rawBody;

    if (!timestamp || !signature || !raw) {
      res.status(401).end();
      return;
    }

    const given = Buffer.from(signature);
    const ok = signingSecrets.some((secret) => {
      const mac = createHmac('sha256', secret).update(`${VERSION}:${timestamp}:`).update(raw).digest('hex');
      const expected = Buffer.from(`${VERSION}=${mac}`);
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    if (!ok) {
      res.status(401).end();
      return;
    }
    next();
  };
}
