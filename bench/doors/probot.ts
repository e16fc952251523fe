import { createServer } from 'node:http'
import { createNodeMiddleware, Probot } from 'probot'
import { listenAndTell } from './listen.ts'

/** Probot by itself: a handler that does nothing, so nothing is kept and a crash loses all. */
const probot = new Probot({
  appId: Number(process.env['APP_ID']),
  privateKey: process.env['PRIVATE_KEY'] ?? '',
  secret: process.env['WEBHOOK_SECRET'] ?? '',
  logLevel: 'warn',
})
const middleware = await createNodeMiddleware((app) => void app.on('pull_request', () => {}), {
  probot,
  webhooksPath: '/api/github/webhooks',
})

listenAndTell(createServer((request, response) => void middleware(request, response)))
