import { z } from 'zod';
import type { CredentialVault, SalesforceCredentials } from './credential-vault';

const tokenResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  instance_url: z.string().url(),
});

export class SalesforceSession {
  private inflight?: Promise<SalesforceCredentials>;

  constructor(
    private readonly vault: CredentialVault,
    private readonly oauth: { tokenUrl: string; clientId: string; clientSecret: string },
  ) {}

  async accessToken(orgId: string): Promise<string> {
    const current = await this.vault.load(orgId);
    if (current.expiresAt > Date.now() + 60_000) {
      return current.accessToken;
    }
    this.inflight ??= this.vault
      .withLock(orgId, (latest) => (latest.expiresAt > Date.now() + 60_000 ? latest : this.refresh(orgId, latest)))
      .finally(() => {
        this.inflight = undefined;
      });
    return (await this.inflight).accessToken;
  }

  private async refresh(orgId: string, creds: SalesforceCredentials): Promise<SalesforceCredentials> {
    const res = await fetch(this.oauth.tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: creds.refreshToken,
        client_id: this.oauth.clientId,
        client_secret: this.oauth.clientSecret,
      }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!res.ok) {
      throw new Error(`token refresh for org ${orgId} failed with ${res.status}`);
    }
    const body = tokenResponse.parse(await res.json());
    const renewed = {
      accessToken: body.access_token,
      refreshToken: body.refresh_token,
      expiresAt: Date.now() + 30 * 60_000,
    };
    await this.vault.save(orgId, renewed);
    return renewed;
  }
}
