import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import SftpClient from 'ssh2-sftp-client'
import { logger } from '../logger'
import { knownHost } from '../sftp/known-host'
import type { SftpTarget } from '../config/sftp'

export class UploadError extends Error {}

export async function uploadPayrollFile(target: SftpTarget, file: string, expectedBytes: number): Promise<string> {
  const sftp = new SftpClient('payroll-upload')
  const remote = `${target.directory}/${basename(file)}`
  const partial = `${remote}.part`

  await sftp.connect({
    host: target.host,
    port: target.port,
    username: target.username,
    privateKey: target.privateKey,
    passphrase: target.passphrase,
    hostVerifier: knownHost(target.hostKeySha256),
    readyTimeout: 20_000,
    retries: 2,
  })
  try {
    await sftp.put(createReadStream(file), partial)
    const { size } = await sftp.stat(partial)
    if (size !== expectedBytes) {
      throw new UploadError(`${partial}: ${size} of ${expectedBytes} bytes arrived`)
    }
    await sftp.rename(partial, remote)
    logger.info({ remote, size }, 'payroll file delivered')
    return remote
  } finally {
    await sftp.end()
  }
}
