import * as oidc from 'openid-client';
import { config } from '../config';

let cached: Promise<oidc.Configuration> | undefined;

export function oidcConfig(): Promise<oidc.Configuration> {
  cached ??= oidc
    .discovery(new URL('https://accounts.google.com'), config.google.clientId, config.google.clientSecret, undefined, {
      timeout: 10,
    })
    .catch((err) => {
      cached = undefined;
      throw err;
    });
  return cached;
}
