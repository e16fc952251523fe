import { readFileSync } from 'node:fs';
import { Agent } from 'undici';

export interface MutualTlsFiles {
  caFile: string;
  certFile: string;
  keyFile: string;
}

export function mutualTlsDispatcher(files: MutualTlsFiles): Agent {
  return new Agent({
    connect: {
      ca: readFileSync(files.caFile),
      cert: readFileSync(files.certFile),
      key: readFileSync(files.keyFile),
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      timeout: 5_000,
    },
    headersTimeout: 15_000,
    bodyTimeout: 15_000,
    maxResponseSize: 8 * 1024 * 1024,
  });
}
