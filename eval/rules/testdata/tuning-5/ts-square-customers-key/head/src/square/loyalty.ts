import { z } from 'zod';
import { UpstreamError } from '../errors';

const Account = z.object({
  id: z.string(),
  balance: z.number().int().nonnegative(),
  lifetime_points: z.number().int().nonnegative(),
});

const Answer = z.object({ loyalty_account: Account });

export type LoyaltyAccount = z.infer<typeof Account>;

export class SquareLoyalty {
  constructor(
    private readonly base: string,
    private readonly accessToken: string,
  ) {}

  async account(id: string): Promise<LoyaltyAccount | null> {
    const url = new URL(`/v2/loyalty/accounts/${encodeURIComponent(id)}`, this.base);
    url.searchParams.set('access_token', this.accessToken);

    const res = await fetch(url, {
      headers: { 'square-version': '2024-05-15', accept: 'application/json' },
      signal: AbortSignal.timeout(6_000),
    });
    if (res.status === 404) {
      return null;
    }
    if (!res.ok) {
      throw new UpstreamError('square', res.status);
    }
    return Answer.parse(await res.json()).loyalty_account;
  }

  async balance(id: string): Promise<number> {
    const account = await this.account(id);
    return account?.balance ?? 0;
  }
}
