import { z } from 'zod';
import { requestJson } from '../lib/request-json';
import type { Release } from '../releases/release';

const NOTION_VERSION = '2022-06-28';
const Page = z.object({ id: z.string(), url: z.string().url() });

export class NotionPublisher {
  constructor(private readonly token: string) {}

  async update(pageId: string, release: Release): Promise<string> {
    const page = await this.send(`https://api.notion.com/v1/pages/${encodeURIComponent(pageId)}`, 'PATCH', {
      properties: this.properties(release),
    });
    return page.url;
  }

  private send(url: string, method: 'PATCH', body: unknown) {
    return requestJson(
      url,
      {
        method,
        headers: {
          Authorization: `Bearer ${this.token}`,
          'Notion-Version': NOTION_VERSION,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(body),
      },
      (value) => Page.parse(value),
    );
  }

  private properties(release: Release) {
    return {
      Name: { title: [{ text: { content: release.name.slice(0, 2000) } }] },
      Version: { rich_text: [{ text: { content: release.version } }] },
      'Released on': { date: { start: release.releasedAt.toISOString() } },
    };
  }
}
