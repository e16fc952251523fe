import { Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { TokenStore } from './token.store';
import { QuickbooksConfig } from './quickbooks.config';

const TokenResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
  x_refresh_token_expires_in: z.number(),
});

@Injectable()
export class QuickbooksTokens {
  private readonly logger = new Logger(QuickbooksTokens.name);

  constructor(
    private readonly store: TokenStore,
    private readonly config: QuickbooksConfig,
  ) {}

  async accessToken(realmId: string): Promise<string> {
    return this.store.withLock(realmId, async (saved) => {
      if (saved.expiresAt.getTime() > Date.now() + 60_000) return saved.accessToken;

      const response = await fetch('https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer', {
        method: 'POST',
        headers: {
          authorization: `Basic ${this.config.basicCredentials}`,
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: saved.refreshToken }),
        signal: AbortSignal.timeout(10_000),
      });
      if (!response.ok) {
        throw new Error(`quickbooks token refresh for ${realmId} failed with ${response.status}`);
      }

      const tokens = TokenResponse.parse(await response.json());
      this.logger.log(`Refreshed tokens for realm ${realmId}: ${JSON.stringify(tokens)}`);
      await this.store.save(realmId, {
        accessToken: tokens.access_token,
        refreshToken: tokens.refresh_token,
        expiresAt: new Date(Date.now() + tokens.expires_in * 1000),
      });
      return tokens.access_token;
    });
  }
}
