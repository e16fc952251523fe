import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { sign } from '@octokit/webhooks-methods'

/** One signed body and the headers before it, cut where the GUID goes. */
export interface Letter {
  readonly before: string
  readonly after: string
  readonly body: Buffer
}

/** What came of sending for a while. */
export interface Answers {
  /** Milliseconds from the first byte sent to the whole answer, sorted. */
  readonly times: readonly number[]
  readonly perSecond: number
  /** The GUIDs that were answered with 2xx. */
  readonly accepted: readonly string[]
  /** How many got another answer, or none. */
  readonly refused: number
}

/** Signs a body, which is then sent under a new GUID each time: GitHub does not sign that. */
export async function letterOf(secret: string, path: string, text: string): Promise<Letter> {
  const body = Buffer.from(text)
  const signature = await sign(secret, text)
  return {
    before: [
      `POST ${path} HTTP/1.1`,
      'host: 127.0.0.1',
      'user-agent: GitHub-Hookshot/bench',
      'content-type: application/json',
      'x-github-event: pull_request',
      `x-hub-signature-256: ${signature}`,
      `content-length: ${body.length}`,
      'x-github-delivery: ',
    ].join('\r\n'),
    after: '\r\n\r\n',
    body,
  }
}

/** Sends as fast as so many connections get answers, each its next letter after its answer. */
export async function flood(
  port: number,
  letters: readonly Letter[],
  { connections, forMs }: { readonly connections: number; readonly forMs: number },
): Promise<Answers> {
  const tally = createTally()
  const until = performance.now() + forMs
  let next = 0
  const line = async () => {
    const post = createPost(port)
    while (performance.now() < until) {
      const letter = letters[next % letters.length]
      next += 1
      if (letter !== undefined) await tally.send(post, letter, performance.now())
    }
    post.close()
  }
  await Promise.all(Array.from({ length: connections }, line))
  return tally.answers()
}

/** Sends so many a second whether they are answered or not, as GitHub does. */
export async function trickle(
  port: number,
  letters: readonly Letter[],
  { perSecond, forMs }: { readonly perSecond: number; readonly forMs: number },
): Promise<Answers> {
  const tally = createTally()
  const idle: Post[] = []
  const one = async (letter: Letter, due: number) => {
    const post = idle.pop() ?? createPost(port)
    await tally.send(post, letter, due)
    idle.push(post)
  }
  const begun = performance.now()
  const sending: Promise<void>[] = []
  for (let index = 0; index < (perSecond * forMs) / 1000; index += 1) {
    const due = begun + (index * 1000) / perSecond
    await sleep(Math.max(0, due - performance.now()))
    const letter = letters[index % letters.length]
    if (letter !== undefined) sending.push(one(letter, due))
  }
  await Promise.all(sending)
  for (const post of idle) post.close()
  return tally.answers()
}

function createTally() {
  const begun = performance.now()
  const times: number[] = []
  const accepted: string[] = []
  let refused = 0
  return {
    async send(post: Post, letter: Letter, since: number): Promise<void> {
      const guid = await post.send(letter)
      times.push(performance.now() - since)
      if (guid === null) refused += 1
      else accepted.push(guid)
    },
    answers: (): Answers => ({
      times: times.sort((a, b) => a - b),
      perSecond: accepted.length / ((performance.now() - begun) / 1000),
      accepted,
      refused,
    }),
  }
}

/** The value below which this share of sorted values lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** A connection that is kept, and opened again when it was lost. */
interface Post {
  /** Gives the GUID that it was taken under, null when it was not. */
  send(letter: Letter): Promise<string | null>
  close(): void
}

/** By hand on a socket: a client library would cost more than some of the servers. */
function createPost(port: number): Post {
  let socket: Socket | null = null
  let text = ''
  let settle: (answer: string) => void = () => {}
  const open = () => {
    const opened = connect({ port, host: '127.0.0.1', noDelay: true })
    opened.on('error', () => opened.destroy())
    opened.on('close', () => {
      if (socket === opened) socket = null
      settle('')
    })
    opened.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const head = text.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
      if (head === -1 || text.length < head + 4 + length) return
      settle(text)
    })
    return opened
  }
  return {
    async send({ before, after, body }) {
      const guid = randomUUID()
      text = ''
      socket ??= open()
      const answered = new Promise<string>((resolve) => {
        settle = resolve
      })
      socket.cork()
      socket.write(`${before}${guid}${after}`)
      socket.write(body)
      socket.uncork()
      return /^HTTP\/1\.1 20[02] /.test(await answered) ? guid : null
    },
    close: () => void socket?.destroy(),
  }
}
