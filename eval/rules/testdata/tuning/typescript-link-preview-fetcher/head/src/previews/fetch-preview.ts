import { request } from 'undici';
import { isIP } from 'node:net';
import { load } from 'cheerio';
import { publicAgent } from './public-agent';

const MAX_BYTES = 256 * 1024;

export interface Preview {
  title: string | null;
  description: string | null;
}

export async function fetchPreview(link: string): Promise<Preview | null> {
  if (!URL.canParse(link)) return null;
  const url = new URL(link);
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || isIP(url.hostname.replace(/[[\]]/g, ''))) {
    return null;
  }

  const { statusCode, headers, body } = await request(url, {
    dispatcher: publicAgent,
    method: 'GET',
    headers: { accept: 'text/html' },
  });
  if (statusCode !== 200 || !String(headers['content-type'] ?? '').startsWith('text/html')) {
    body.destroy();
    return null;
  }

  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size >= MAX_BYTES) break;
  }
  const $ = load(Buffer.concat(chunks).toString('utf8'));
  return {
    title: $('meta[property="og:title"]').attr('content') ?? ($('title').first().text() || null),
    description: $('meta[property="og:description"]').attr('content') ?? null,
  };
}
