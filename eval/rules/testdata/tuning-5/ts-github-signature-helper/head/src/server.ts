import express from 'express';
import type { RawRequest } from './github/verify';

export const app = express();
app.use(
  express.json({
    limit: '1mb',
    verify: (req, _res, buf) => {
      (req as unknown as RawRequest).rawBody = buf;
    },
  }),
);
