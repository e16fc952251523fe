import { request, type Agent } from 'undici';
import { z } from 'zod';

const Statement = z.object({
  iban: z.string(),
  closingBalance: z.object({ amount: z.string().regex(/^-?\d+\.\d{2}$/), currency: z.string().length(3) }),
  entries: z.array(z.object({ reference: z.string(), amount: z.string(), bookingDate: z.string() })),
});

export type Statement = z.infer<typeof Statement>;

export class StatementClient {
  constructor(
    private readonly origin: string,
    private readonly dispatcher: Agent,
  ) {}

  async forDay(accountId: string, day: string): Promise<Statement> {
    const { statusCode, body } = await request(
      `${this.origin}/v1/accounts/${encodeURIComponent(accountId)}/statements/${encodeURIComponent(day)}`,
      { dispatcher: this.dispatcher, headers: { accept: 'application/json' } },
    );
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`bank statement ${day}: ${statusCode}`);
    }
    return Statement.parse(await body.json());
  }
}
