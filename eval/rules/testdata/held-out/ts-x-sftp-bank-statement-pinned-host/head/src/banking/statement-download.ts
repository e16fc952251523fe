import { createHash, timingSafeEqual } from 'node:crypto'
import SftpClient from 'ssh2-sftp-client'
import { logger } from '../logger'
import type { BankSftp } from '../config/bank-sftp'

const MAX_BYTES = 20 * 1024 * 1024

function pinned(fingerprint: string): (key: Buffer) => boolean {
  const expected = Buffer.from(fingerprint, 'base64')
  return (key) => {
    const actual = createHash('sha256').update(key).digest()
    return actual.length === expected.length && timingSafeEqual(actual, expected)
  }
}

export async function downloadStatements(
  bank: BankSftp,
  handle: (name: string, content: Buffer) => Promise<void>,
): Promise<number> {
  const sftp = new SftpClient('statements')
  await sftp.connect({
    host: bank.host,
    username: bank.username,
    privateKey: bank.privateKey,
    hostVerifier: pinned(bank.hostKeySha256),
    readyTimeout: 15_000,
  })
  let done = 0
  try {
    const files = await sftp.list(bank.outbox, (f) => f.type === '-' && f.name.endsWith('.xml'))
    for (const file of files) {
      if (file.size > MAX_BYTES) {
        throw new Error(`${file.name} has ${file.size} bytes`)
      }
      const path = `${bank.outbox}/${file.name}`
      const content = (await sftp.get(path)) as Buffer
      await handle(file.name, content)
      await sftp.rename(path, `${bank.archive}/${file.name}`)
      done++
    }
  } finally {
    await sftp.end()
  }
  logger.info({ done }, 'statements downloaded')
  return done
}
