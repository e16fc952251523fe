import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import ipaddr from 'ipaddr.js';
import { Agent } from 'undici';

function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast';
}

/** Resolves names itself and refuses to connect unless every address is public. */
export const publicAgent = new Agent({
  headersTimeout: 5_000,
  bodyTimeout: 5_000,
  connect: {
    timeout: 3_000,
    lookup(hostname, options, callback) {
      dnsLookup(hostname, { ...options, all: true }, (err, addresses: LookupAddress[]) => {
        if (err) return callback(err, []);
        if (addresses.length === 0 || !addresses.every((a) => isPublic(a.address))) {
          return callback(new Error(`${hostname} is not public`), []);
        }
        return callback(null, addresses);
      });
    },
  },
});
