import { z } from 'zod';
import type { SalesforceSession } from './session';

const QueryResult = z.object({
  totalSize: z.number(),
  records: z.array(z.object({ Id: z.string(), Company: z.string(), Status: z.string() })),
});

export type Lead = z.infer<typeof QueryResult>['records'][number];

function soqlString(value: string): string {
  const escaped = value.replace(/[\\'"]/g, (char) => `\\${char}`).replace(/\r?\n/g, ' ');
  return `'${escaped}'`;
}

export class LeadLookup {
  constructor(private readonly session: SalesforceSession) {}

  async newestForCompany(company: string): Promise<Lead | null> {
    const soql = `SELECT Id, Company, Status FROM Lead WHERE Company = ${soqlString(company)} ORDER BY CreatedDate DESC LIMIT 1`;
    const { instanceUrl, accessToken } = await this.session.current();

    const url = new URL('/services/data/v60.0/query', instanceUrl);
    url.searchParams.set('q', soql);
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${accessToken}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`salesforce query: ${response.status}`);
    }
    return QueryResult.parse(await response.json()).records.at(0) ?? null;
  }
}
