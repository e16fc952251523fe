import ky, { type KyInstance } from 'ky';
import { z } from 'zod';
import { PageTokens } from './page-tokens';

const lead = z.object({
  id: z.string(),
  created_time: z.string(),
  field_data: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
});
export type Lead = z.infer<typeof lead>;

export class MetaLeads {
  private readonly http: KyInstance;

  constructor(private readonly tokens: PageTokens) {
    this.http = ky.create({
      prefixUrl: 'https://graph.facebook.com',
      timeout: 8_000,
      retry: { limit: 2, methods: ['get'], statusCodes: [429, 500, 502, 503, 504] },
    });
  }

  async read(pageId: string, leadId: string): Promise<Lead> {
    const token = await this.tokens.forPage(pageId);
    const body = await this.http
      .get(leadId, {
        searchParams: { fields: 'id,created_time,field_data', access_token: token },
      })
      .json();
    return lead.parse(body);
  }

  static fields(l: Lead): Record<string, string> {
    return Object.fromEntries(l.field_data.map((f) => [f.name, f.values[0] ?? '']));
  }
}
