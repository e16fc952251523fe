import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { listenAndTell } from './listen.ts'

/** The least that any receiver does: reads the body, checks who signed it, answers. */
const secret = process.env['WEBHOOK_SECRET'] ?? ''

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const digest = createHmac('sha256', secret).update(Buffer.concat(chunks)).digest('hex')
    const expected = Buffer.from(`sha256=${digest}`)
    const given = Buffer.from(String(request.headers['x-hub-signature-256']))
    const genuine = given.length === expected.length && timingSafeEqual(given, expected)
    response.writeHead(genuine ? 202 : 401, { 'content-length': 0 })
    response.end()
  })
})

listenAndTell(server)
