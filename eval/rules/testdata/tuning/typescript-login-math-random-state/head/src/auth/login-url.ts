import type { OidcConfig } from './oidc-config';
import type { SessionStore } from './session-store';

export interface LoginRequest {
  url: string;
  state: string;
}

const newState = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;

export async function beginLogin(cfg: OidcConfig, sessions: SessionStore, sid: string): Promise<LoginRequest> {
  const state = newState();
  await sessions.merge(sid, { oidc: { state, startedAt: Date.now() } });

  const url = new URL(cfg.authorizationEndpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: cfg.clientId,
    redirect_uri: cfg.redirectUri,
    scope: 'openid email offline_access',
    state,
  }).toString();

  return { url: url.href, state };
}
