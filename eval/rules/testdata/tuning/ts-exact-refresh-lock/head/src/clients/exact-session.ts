import { z } from 'zod';
import type { TokenVault } from './token-vault';

const tokenResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.coerce.number().int().positive(),
});

const SKEW_MS = 30_000;

export class ExactSession {
  private readonly pending = new Map<string, Promise<string>>();

  constructor(
    private readonly vault: TokenVault,
    private readonly oauth: { tokenUrl: string; clientId: string; clientSecret: string },
  ) {}

  accessToken(tenantId: string): Promise<string> {
    const running = this.pending.get(tenantId);
    if (running) return running;
    const next = this.resolve(tenantId).finally(() => this.pending.delete(tenantId));
    this.pending.set(tenantId, next);
    return next;
  }

  private async resolve(tenantId: string): Promise<string> {
    const cached = await this.vault.read(tenantId);
    if (cached.expiresAt > Date.now() + SKEW_MS) return cached.accessToken;

    // pg advisory lock; `save` writes within the same transaction
    return this.vault.exclusively(tenantId, async ({ current, save }) => {
      if (current.expiresAt > Date.now() + SKEW_MS) return current.accessToken;
      const res = await fetch(this.oauth.tokenUrl, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: current.refreshToken,
          client_id: this.oauth.clientId,
          client_secret: this.oauth.clientSecret,
        }),
        signal: AbortSignal.timeout(8_000),
      });
      if (!res.ok) throw new Error(`token refresh for tenant ${tenantId} answered ${res.status}`);
      const body = tokenResponse.parse(await res.json());
      await save({
        accessToken: body.access_token,
        refreshToken: body.refresh_token,
        expiresAt: Date.now() + body.expires_in * 1000,
      });
      return body.access_token;
    });
  }
}
