import * as z from 'zod'
import { flood, type Letter, trickle } from './load.ts'

/** The process of `sender-process.ts`: sends what it is told to, and tells what came of it. */

const Task = z.object({
  port: z.int(),
  letters: z.array(
    z.object({ before: z.string(), after: z.string(), body: z.instanceof(Uint8Array) }),
  ),
  forMs: z.number(),
  connections: z.int().optional(),
  perSecond: z.number().optional(),
})

async function send(message: unknown): Promise<void> {
  const { port, letters, forMs, connections, perSecond } = Task.parse(message)
  const post: readonly Letter[] = letters.map((one) => ({ ...one, body: Buffer.from(one.body) }))
  const answers =
    connections === undefined
      ? await trickle(port, post, { perSecond: perSecond ?? 1, forMs })
      : await flood(port, post, { connections, forMs })
  process.send?.(answers)
}

process.on('message', (message) => void send(message))
process.send?.('ready')
