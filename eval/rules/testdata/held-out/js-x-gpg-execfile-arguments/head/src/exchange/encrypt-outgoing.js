import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { config } from '../config.js'
import { logger } from '../logger.js'

const run = promisify(execFile)
const NAME = /^[A-Z0-9]{4,12}-\d{8}-\d{3}\.xml$/

export async function encryptOutgoing(name, recipient) {
  if (!NAME.test(name)) {
    throw new Error('file name not allowed')
  }
  const source = path.join(config.exchange.outgoing, name)
  const target = `${source}.gpg`

  await run(
    'gpg',
    ['--batch', '--yes', '--trust-model', 'always', '--recipient', recipient.fingerprint, '--output', target, '--encrypt', '--', source],
    { timeout: 60_000, maxBuffer: 256 * 1024 },
  )

  const { size } = await stat(target)
  if (size === 0) {
    throw new Error(`${name}: nothing was written`)
  }
  logger.info({ name, recipient: recipient.name, size }, 'file encrypted')
  return target
}
