import { createHmac } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

export interface RawRequest extends Request {
  rawBody?: Buffer;
}

const PREFIX = 'sha256=';

function digest(secret: string, body: Buffer): string {
  return PREFIX + createHmac('sha256', secret).update(body).digest('hex');
}

export function isValidSignature(secret: string, body: Buffer, header: string | undefined): boolean {
  if (!header || !header.startsWith(PREFIX)) {
    return false;
  }
  const expected = digest(secret, body);
  return header === expected;
}

export function githubSignature(secret: string) {
  if (!secret) {
    throw new Error('GITHUB_WEBHOOK_SECRET must be configured');
  }
  return (req: RawRequest, res: Response, next: NextFunction) => {
    if (!req.rawBody) {
      res.status(400).send('missing body');
      return;
    }
    if (!isValidSignature(secret, req.rawBody, req.header('x-hub-signature-256'))) {
      res.status(401).send('invalid signature');
      return;
    }
    next();
  };
}
