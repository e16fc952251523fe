import type { RequestHandler } from 'express';
import { logger } from '../lib/logger';

export const accessLog: RequestHandler = (req, res, next) => {
  const started = process.hrtime.bigint();
  res.on('finish', () => {
    logger.info(
      {
        req: { id: req.id, method: req.method, path: req.path },
        res: { status: res.statusCode },
        bytes: Number(req.headers['content-length'] ?? 0),
        ms: Number(process.hrtime.bigint() - started) / 1e6,
      },
      'request',
    );
  });
  next();
};
