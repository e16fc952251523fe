import express, { Router } from 'express';
import { pool } from '../../db';
import { config } from '../../config';
import { gocardlessHandler } from './handler';

export const gocardlessRoutes = Router();

gocardlessRoutes.post(
  '/webhooks/gocardless',
  express.text({ type: 'application/json', limit: '2mb' }),
  gocardlessHandler({ pool, endpointSecret: config.gocardless.endpointSecret }),
);
