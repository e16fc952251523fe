import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { html } from 'hono/html'
import { Problem } from '#core/problem'
import { mayOperate } from '#server/access'
import type { SetUp, Setup } from '#wiring/setup'

/** This machine, and nobody else. */
const LOOPBACK = '127.0.0.1'

/** Setup mode, while it is open. */
export interface SetupDoor {
  /** What the person opens in a browser on this machine; holds the one-time token. */
  readonly url: string
  /**
   * What was set up.
   *
   * @throws Problem `setup.late` when the time was over, or the failure that ended it
   */
  readonly done: Promise<SetUp>
  close(): Promise<void>
}

/** Slow and many strangers are no guests here: one person with one browser is. */
const LIMITS = { headersTimeout: 5_000, requestTimeout: 5_000, maxHeaderSize: 16 * 1024 } as const

/**
 * Opens setup mode: a page that sends the manifest to GitHub, and the place that GitHub sends the
 * browser back to. It listens on loopback only, believes no name but its own in the Host header,
 * and answers nothing without its token or, on the way back, its state. One code is exchanged at a
 * time, and none after the first that worked.
 *
 * @param port 0 for any free one
 * @param patienceMs how long the person may take; GitHub's codes live for an hour
 */
export async function openSetupDoor(
  setup: Setup,
  { port, patienceMs }: { readonly port: number; readonly patienceMs: number },
): Promise<SetupDoor> {
  const token = secret()
  const state = secret()
  const ended = Promise.withResolvers<SetUp>()
  // Whoever waits hears of it; nobody else need.
  ended.promise.catch(() => undefined)
  const returned = answerReturn(setup, ended)
  const first = (): Answer => {
    const body = formPage(setup, state, portOf(server))
    return { status: 200, body, formAction: setup.action }
  }
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (!mayOperate(request, { host: LOOPBACK, operatorToken: null })) return ELSEWHERE
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${LOOPBACK}`)
    switch (`${request.method} ${pathname}`) {
      case 'GET /':
        return same(searchParams.get('token'), token) ? first() : NO_TOKEN
      case 'GET /created':
        return same(searchParams.get('state'), state)
          ? returned(searchParams.get('code') ?? '')
          : NO_TOKEN
      default:
        return NOT_FOUND
    }
  }
  const server = createServer(LIMITS, (request, response) => {
    answer(request)
      .then((given) => send(response, given))
      // What cannot even be read as an address is no request of a browser.
      .catch(() => response.destroy())
  })
  server.maxConnections = 16
  await listen(server, port)
  const late = setTimeout(() => ended.reject(tooLate()), patienceMs)
  return {
    url: `http://${LOOPBACK}:${portOf(server)}/?token=${token}`,
    done: ended.promise,
    async close() {
      clearTimeout(late)
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      await closed
    },
  }
}

interface Answer {
  readonly status: number
  readonly body: Page
  /** Where a form of the page may lead; nowhere if not given. */
  readonly formAction?: string
}

/** What a return with the right state leads to. A failure that a new try can mend keeps the door open. */
function answerReturn(
  setup: Setup,
  ended: PromiseWithResolvers<SetUp>,
): (code: string) => Promise<Answer> {
  let taken = false
  return async (code) => {
    if (!/^[A-Za-z0-9_-]{1,200}$/.test(code))
      return { status: 400, body: page('No code', 'GitHub sent no code. Start again.') }
    if (taken) return { status: 409, body: page('Already done', 'A code was taken before.') }
    taken = true
    try {
      const done = await setup.finish(code)
      ended.resolve(done)
      return {
        status: 200,
        body: page(
          'Done',
          `The app ${done.slug} is registered. The terminal says what comes next.`,
        ),
      }
    } catch (failure) {
      if (!(failure instanceof Problem)) {
        ended.reject(failure)
        return { status: 500, body: page('A bug', 'The terminal says more.') }
      }
      // The code is GitHub's to refuse; whatever else went wrong may have used it up.
      if (failure.code === 'setup.code') taken = false
      else ended.reject(failure)
      return { status: 502, body: page('Not done', failure.message) }
    }
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function same(given: string | null, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given ?? ''), digest(wanted))
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, LOOPBACK)
  await once(server, 'listening').catch((cause: unknown) => {
    throw new Problem('setup.port', 'told', `Port ${port} is taken. Give another --port.`, {
      cause,
    })
  })
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function tooLate(): Problem {
  return new Problem('setup.late', 'told', 'Nobody came back from GitHub in time. Start it again.')
}

type Page = ReturnType<typeof html>

function page(title: string, text: string): Page {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${title}</title></head>
<body><h1>${title}</h1><p>${text}</p></body></html>
`
}

const NO_TOKEN = {
  status: 403,
  body: page('Not without the token', 'Open the whole address that the terminal shows.'),
}
const ELSEWHERE = {
  status: 403,
  body: page('Not from here', 'Open the address that the terminal shows, on this machine.'),
}
const NOT_FOUND = { status: 404, body: page('Not found', 'Open the address of the terminal.') }

/** The form that GitHub asks for: the manifest is posted by the browser, in the person's session. */
function formPage(setup: Setup, state: string, port: number): Page {
  const manifest = setup.manifest(`http://${LOOPBACK}:${port}/created`)
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Register the app</title></head>
<body><h1>Register the app</h1>
<p>GitHub shows the name, which must be free, and asks you to confirm. Then it sends you back here.</p>
<form action="${setup.action}?state=${state}" method="post">
<input type="hidden" name="manifest" value="${manifest}">
<button>Go to GitHub</button>
</form></body></html>
`
}

async function send(response: ServerResponse, { status, body, formAction }: Answer): Promise<void> {
  const target = formAction === undefined ? "'none'" : new URL(formAction).origin
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; form-action ${target}; frame-ancestors 'none'; base-uri 'none'`,
    // The address holds the token.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  response.end(String(await body))
}
