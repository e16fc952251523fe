import { createHash, randomBytes } from 'node:crypto';
import type { OidcConfig } from './oidc-config';
import type { SessionStore } from './session-store';

export interface LoginRequest {
  url: string;
  state: string;
}

const token = (bytes = 32) => randomBytes(bytes).toString('base64url');

export async function beginLogin(cfg: OidcConfig, sessions: SessionStore, sid: string): Promise<LoginRequest> {
  const state = token();
  const nonce = token();
  const codeVerifier = token(48);
  await sessions.merge(sid, { oidc: { state, nonce, codeVerifier, startedAt: Date.now() } });

  const url = new URL(cfg.authorizationEndpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: cfg.clientId,
    redirect_uri: cfg.redirectUri,
    scope: 'openid email offline_access',
    state,
    nonce,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();

  return { url: url.href, state };
}
