import type { RequestListener } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import { type Access, mayOperate } from '#server/access'
import type { Metrics } from '#server/metrics'
import { type Readiness, readinessOf } from '#server/readiness'

export interface PagesDeps {
  readonly access: Access
  readonly readiness: Readiness
  readonly draining: () => boolean
  readonly metrics: Metrics
  /** What the status page says about the process, as name and value. */
  readonly about: readonly (readonly [name: string, value: string])[]
}

/** The pages of the server: liveness, readiness, metrics and a status page. */
export function createPages(deps: PagesDeps): RequestListener {
  const pages = new Hono<{ Bindings: HttpBindings }>()
  pages.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      referrerPolicy: 'no-referrer',
    }),
  )
  pages.use(async (context, next) => {
    await next()
    context.header('cache-control', 'no-store')
  })
  pages.get('/healthz', (context) => context.json({ alive: true }))
  pages.get('/readyz', async (context) => {
    const { ready, checks } = await readinessOf(deps.readiness, deps.draining())
    // Details are for the operator: anybody may ask here.
    const named = Object.fromEntries(checks.map(({ name, ok }) => [name, ok]))
    return context.json({ ready, checks: named }, ready ? 200 : 503)
  })
  pages.use(async (context, next) =>
    mayOperate(context.env.incoming, deps.access) ? next() : context.notFound(),
  )
  pages.get('/metrics', async (context) => {
    const { contentType, body } = await deps.metrics.text()
    return context.body(body, 200, { 'content-type': contentType })
  })
  pages.get('/', async (context) => {
    const state = await readinessOf(deps.readiness, deps.draining())
    return context.html(statusPage(deps.about, state))
  })
  pages.notFound((context) => context.json({ error: 'not found' }, 404))
  pages.onError((_error, context) => context.json({ error: 'the page could not be made' }, 500))
  return getRequestListener(pages.fetch, { overrideGlobalObjects: false })
}

function statusPage(about: PagesDeps['about'], state: Awaited<ReturnType<typeof readinessOf>>) {
  const rows = about.map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  )
  const checks = state.checks.map(
    ({ name, ok, detail }) =>
      html`<tr><th scope="row">${name}</th><td>${ok ? 'ok' : 'not ok'}</td><td>${detail}</td></tr>`,
  )
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="10">
<title>Integrations Tech Lead</title>
</head>
<body>
<h1>Integrations Tech Lead</h1>
<p>${state.ready ? 'Ready.' : 'Not ready.'}</p>
<table>${rows}</table>
<h2>Checks</h2>
<table>${checks}</table>
</body>
</html>`
}
