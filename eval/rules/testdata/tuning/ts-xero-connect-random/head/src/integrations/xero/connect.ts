import type { Request, Response } from 'express';
import { randomBytes } from 'node:crypto';
import { xeroConfig } from './config';
import { exchangeCode } from './token-exchange';
import { connections } from './connections';

const AUTHORIZE_URL = 'https://login.xero.com/identity/connect/authorize';

function newState(): string {
  return randomBytes(24).toString('base64url');
}

export function startConnect(req: Request, res: Response) {
  const state = newState();
  req.session.xeroState = state;
  const url = new URL(AUTHORIZE_URL);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', xeroConfig.clientId);
  url.searchParams.set('redirect_uri', xeroConfig.redirectUri);
  url.searchParams.set('scope', 'offline_access accounting.transactions');
  url.searchParams.set('state', state);
  res.redirect(url.toString());
}

export async function finishConnect(req: Request, res: Response) {
  const { code, state } = req.query;
  const expected = req.session.xeroState;
  delete req.session.xeroState;
  if (typeof code !== 'string' || typeof state !== 'string' || !expected || state !== expected) {
    return res.status(400).send('This link has expired, please start again.');
  }
  const tokens = await exchangeCode(code);
  // sealed with the tenant data key before it reaches the table
  await connections.saveSealed(req.session.tenantId, tokens);
  return res.redirect('/settings/integrations');
}
