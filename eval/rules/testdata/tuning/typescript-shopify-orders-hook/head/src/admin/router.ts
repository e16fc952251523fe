import { Router } from 'express';
import { requireStaff } from './auth';

export const adminRouter = Router();
adminRouter.use(requireStaff);
adminRouter.get('/status', (_req, res) => {
  res.json({ ok: true });
});
