import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Member } from './member';
import { mailchimp } from './config';

const CONCURRENCY = 5;
const MAX_ATTEMPTS = 4;

async function putMember(member: Member): Promise<void> {
  const id = createHash('md5').update(member.email.toLowerCase()).digest('hex');
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const res = await fetch(`${mailchimp.baseUrl}/3.0/lists/${mailchimp.listId}/members/${id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${mailchimp.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email_address: member.email, status_if_new: 'subscribed', language: member.language }),
      signal: AbortSignal.timeout(10_000),
    });
    await res.body?.cancel();
    if (res.ok) return;
    if (res.status !== 429 && res.status < 500) {
      throw new Error(`member ${id}: status ${res.status}`);
    }
    const advised = Number(res.headers.get('retry-after')) * 1000;
    const delay = advised > 0 ? advised : 500 * 2 ** attempt;
    await sleep(Math.min(delay, 30_000) + Math.random() * 250);
  }
  throw new Error(`member ${id}: gave up after ${MAX_ATTEMPTS} attempts`);
}

export async function syncMembers(members: Member[]): Promise<{ synced: number; failed: string[] }> {
  const limit = pLimit(CONCURRENCY);
  const results = await Promise.allSettled(members.map((member) => limit(() => putMember(member))));
  const failed = results.flatMap((result, i) => (result.status === 'rejected' ? [members[i].id] : []));
  return { synced: members.length - failed.length, failed };
}
