import type { ProfileAttributes } from './klaviyo-push';

export class KlaviyoError extends Error {
  constructor(readonly status: number, detail: string) {
    super(`klaviyo ${status}: ${detail}`);
  }
}

export class KlaviyoClient {
  constructor(private readonly privateKey: string) {}

  async upsertProfile(attributes: ProfileAttributes): Promise<string> {
    const res = await fetch('https://a.klaviyo.com/api/profile-import', {
      method: 'POST',
      headers: {
        authorization: `Klaviyo-API-Key ${this.privateKey}`,
        revision: '2025-10-15',
        'content-type': 'application/vnd.api+json',
      },
      body: JSON.stringify({ data: { type: 'profile', attributes } }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!res.ok) throw new KlaviyoError(res.status, (await res.text()).slice(0, 300));
    const { data } = (await res.json()) as { data: { id: string } };
    return data.id;
  }
}
