import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { POST } from '@/app/api/github/webhook/route';
import { deliveries } from '@/lib/deliveries';

const SECRET = 'test-secret-for-the-suite';

vi.mock('@/lib/env', () => ({ env: { GITHUB_WEBHOOK_SECRET: 'test-secret-for-the-suite' } }));
vi.mock('@/lib/deliveries', () => ({ deliveries: { store: vi.fn() } }));

function delivery(body: unknown, headers: Record<string, string> = {}) {
  const raw = JSON.stringify(body);
  const signature = `sha256=${createHmac('sha256', SECRET).update(raw).digest('hex')}`;
  return new Request('http://localhost/api/github/webhook', {
    method: 'POST',
    body: raw,
    headers: {
      'x-hub-signature-256': signature,
      'x-github-event': 'push',
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      ...headers,
    },
  });
}

const push = { ref: 'refs/heads/main', after: 'a'.repeat(40), repository: { full_name: 'acme/site' } };

describe('github webhook', () => {
  beforeEach(() => vi.clearAllMocks());

  it('stores a signed push', async () => {
    const res = await POST(delivery(push));
    expect(res.status).toBe(202);
    expect(deliveries.store).toHaveBeenCalledOnce();
  });

  it('refuses another signature', async () => {
    const res = await POST(delivery(push, { 'x-hub-signature-256': 'sha256=00' }));
    expect(res.status).toBe(401);
    expect(deliveries.store).not.toHaveBeenCalled();
  });

  it('ignores other events', async () => {
    const res = await POST(delivery(push, { 'x-github-event': 'star' }));
    expect(res.status).toBe(204);
  });
});
