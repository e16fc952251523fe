import { createHash } from 'node:crypto';
import axios, { AxiosError } from 'axios';
import type { Logger } from 'pino';

const http = axios.create({ timeout: 10_000 });

export interface SalesforceTokens {
  accessToken: string;
  instanceUrl: string;
}

const fingerprint = (value: string): string =>
  createHash('sha256').update(value).digest('hex').slice(0, 8);

export class ConnectedApp {
  constructor(
    private readonly loginUrl: string,
    private readonly clientId: string,
    private readonly assertion: () => Promise<string>,
    private readonly log: Logger,
  ) {}

  async login(): Promise<SalesforceTokens> {
    try {
      const { data } = await http.post(
        `${this.loginUrl}/services/oauth2/token`,
        new URLSearchParams({
          grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
          assertion: await this.assertion(),
        }),
      );
      if (typeof data?.access_token !== 'string' || typeof data?.instance_url !== 'string') {
        throw new Error('token response incomplete');
      }
      this.log.info(
        {
          client: `${this.clientId.slice(0, 6)}…`,
          token: fingerprint(data.access_token),
          instance: data.instance_url,
          scope: data.scope,
        },
        'salesforce token issued',
      );
      return { accessToken: data.access_token, instanceUrl: data.instance_url };
    } catch (err) {
      if (err instanceof AxiosError) {
        this.log.warn(
          { status: err.response?.status, error: err.response?.data?.error },
          'salesforce token request failed',
        );
        throw new Error(`salesforce login failed with ${err.response?.status ?? err.code}`);
      }
      throw err;
    }
  }
}
