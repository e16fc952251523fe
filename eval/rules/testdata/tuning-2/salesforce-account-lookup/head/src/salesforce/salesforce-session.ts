import { Injectable } from '@nestjs/common';
import { TokenStore } from './token-store';

export interface Session {
  instanceUrl: string;
  accessToken: string;
}

/** Hands out the session that the token job keeps fresh. */
@Injectable()
export class SalesforceSession {
  constructor(private readonly tokens: TokenStore) {}

  async current(): Promise<Session> {
    const row = await this.tokens.active('salesforce');
    if (!row) throw new Error('salesforce is not connected');
    return { instanceUrl: row.instanceUrl, accessToken: row.accessToken };
  }
}
