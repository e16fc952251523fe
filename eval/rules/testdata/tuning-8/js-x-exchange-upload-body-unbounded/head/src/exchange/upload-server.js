import { createServer } from 'node:http'
import { createHash } from 'node:crypto'
import { authenticate } from './authenticate.js'
import { storeFile } from './store-file.js'
import { logger } from '../logger.js'

const NAME = /^\/files\/([A-Za-z0-9_-]{1,80}\.(?:xml|csv|edi))$/

async function readBody(req) {
  const chunks = []
  for await (const chunk of req) {
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function handle(req, res) {
  const match = NAME.exec(req.url ?? '')
  if (req.method !== 'PUT' || !match) {
    res.writeHead(404).end()
    return
  }
  const partner = await authenticate(req.headers.authorization)
  if (!partner) {
    res.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
    return
  }

  const content = await readBody(req)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const created = await storeFile(partner.id, match[1], content, sha256)
  logger.info({ partner: partner.id, file: match[1], bytes: content.length }, 'file received')
  res.writeHead(created ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ sha256 }))
}

export const server = createServer({ requestTimeout: 120_000 }, (req, res) => {
  handle(req, res).catch((err) => {
    logger.error({ err }, 'upload failed')
    if (!res.headersSent) res.writeHead(500)
    res.end()
  })
})
