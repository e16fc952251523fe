import got, { Got } from 'got';
import { z } from 'zod';

const created = z.object({ id: z.string() });

export interface MetaCredentials {
  pageId: string;
  pageToken: string;
}

export class MetaPublisher {
  private readonly http: Got;

  constructor() {
    this.http = got.extend({
      prefixUrl: 'https://graph.facebook.com/v19.0/',
      timeout: { request: 15_000 },
      retry: { limit: 2, methods: ['GET'] },
    });
  }

  async publish(creds: MetaCredentials, message: string): Promise<string> {
    const body = await this.http
      .post(`${encodeURIComponent(creds.pageId)}/feed`, {
        headers: { authorization: `Bearer ${creds.pageToken}` },
        json: { message },
      })
      .json();
    return created.parse(body).id;
  }

  async reach(creds: MetaCredentials, postId: string): Promise<number> {
    const body = await this.http
      .get(`${encodeURIComponent(postId)}/insights/post_impressions`, {
        headers: { authorization: `Bearer ${creds.pageToken}` },
      })
      .json<{ data: { values: { value: number }[] }[] }>();
    return body.data[0]?.values[0]?.value ?? 0;
  }
}
