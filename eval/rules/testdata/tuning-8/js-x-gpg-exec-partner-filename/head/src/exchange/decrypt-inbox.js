const { exec } = require('node:child_process')
const { promisify } = require('node:util')
const path = require('node:path')
const SftpClient = require('ssh2-sftp-client')
const config = require('../config')
const logger = require('../logger')
const { importPayments } = require('../payments/import')

const run = promisify(exec)
const MAX_BYTES = 30 * 1024 * 1024

async function decryptInbox() {
  const sftp = new SftpClient('inbox')
  await sftp.connect({
    host: config.exchange.host,
    username: config.exchange.user,
    privateKey: config.exchange.privateKey,
    hostHash: 'sha256',
    hostVerifier: (hash) => hash === config.exchange.hostKeyHash,
    readyTimeout: 15_000,
  })
  try {
    const files = await sftp.list('/inbox', (f) => f.type === '-' && f.name.endsWith('.gpg') && f.size <= MAX_BYTES)
    for (const file of files) {
      const local = path.join(config.exchange.workDir, file.name)
      const plain = local.slice(0, -'.gpg'.length)
      await sftp.fastGet(`/inbox/${file.name}`, local)
      await run(`gpg --batch --yes --output "${plain}" --decrypt "${local}"`, { timeout: 60_000 })
      await importPayments(plain, { source: file.name })
      await sftp.rename(`/inbox/${file.name}`, `/done/${file.name}`)
      logger.info({ file: file.name }, 'payment file imported')
    }
  } finally {
    await sftp.end()
  }
}

module.exports = { decryptInbox }
