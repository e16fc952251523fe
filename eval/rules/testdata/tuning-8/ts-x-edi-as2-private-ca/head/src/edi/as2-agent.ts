import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { Agent } from 'undici'
import { config } from '../config'

/** The partner signs its servers with a CA of its own; public roots stay valid beside it. */
export function partnerAgent(): Agent {
  return new Agent({
    connect: {
      timeout: 10_000,
      ca: [...rootCertificates, readFileSync(config.as2.partnerCaFile, 'utf8')],
      cert: readFileSync(config.as2.clientCertFile, 'utf8'),
      key: readFileSync(config.as2.clientKeyFile, 'utf8'),
      minVersion: 'TLSv1.2',
    },
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    connections: 4,
  })
}
