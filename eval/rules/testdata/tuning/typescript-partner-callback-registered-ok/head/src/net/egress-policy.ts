import { lookup } from 'node:dns/promises';
import { Agent } from 'node:https';
import ipaddr from 'ipaddr.js';

const ALLOWED_SUFFIXES = (process.env.EGRESS_ALLOWED_SUFFIXES ?? '').split(',').filter(Boolean);

export async function assertPublicHttps(raw: string): Promise<{ href: string; pinnedAgent: Agent }> {
  const url = new URL(raw);
  if (url.protocol !== 'https:' || url.username || url.password) {
    throw new Error('callback must be plain https');
  }
  if (!ALLOWED_SUFFIXES.some((s) => url.hostname.endsWith(`.${s}`))) {
    throw new Error('callback host is not on the allow-list');
  }
  const { address, family } = await lookup(url.hostname);
  if (ipaddr.process(address).range() !== 'unicast') {
    throw new Error('callback resolves to a non-public address');
  }
  const pinnedAgent = new Agent({
    lookup: (_host, options, cb) =>
      (options as { all?: boolean }).all
        ? (cb as any)(null, [{ address, family }])
        : (cb as any)(null, address, family),
  });
  return { href: url.href, pinnedAgent };
}
