import { decodeJwt } from 'jose';
import { z } from 'zod';

const tokenResponse = z.object({ access_token: z.string().min(1), token_type: z.literal('Bearer') });

export class MachineToken {
  private current?: { value: string; renewAt: number };
  private pending?: Promise<string>;

  constructor(
    private readonly issuer: string,
    private readonly clientId: string,
    private readonly clientSecret: string,
  ) {}

  get(): Promise<string> {
    if (this.current && Date.now() < this.current.renewAt) return Promise.resolve(this.current.value);
    this.pending ??= this.fetchToken().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async fetchToken(): Promise<string> {
    const basic = Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64');
    const res = await fetch(`${this.issuer}/v1/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'inventory.read' }),
      signal: AbortSignal.timeout(5_000),
    });
    if (!res.ok) throw new Error(`okta token endpoint answered ${res.status}`);
    const { access_token } = tokenResponse.parse(await res.json());
    const { exp } = decodeJwt(access_token);
    this.current = { value: access_token, renewAt: (exp ?? 0) * 1000 - 60_000 };
    return access_token;
  }
}
