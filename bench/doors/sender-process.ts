import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { Answers, Letter } from './load.ts'

/** Sends from a process of its own: one that does other work would measure its own waiting. */
export interface Sender {
  /** As fast as so many connections get answers, each its next letter after its answer. */
  flood(
    port: number,
    letters: readonly Letter[],
    load: { readonly connections: number; readonly forMs: number },
  ): Promise<Answers>
  /** So many a second whether they are answered or not, as GitHub does. */
  trickle(
    port: number,
    letters: readonly Letter[],
    load: { readonly perSecond: number; readonly forMs: number },
  ): Promise<Answers>
  stop(): Promise<void>
}

const Answered = z.object({
  times: z.array(z.number()),
  perSecond: z.number(),
  accepted: z.array(z.string()),
  refused: z.number(),
})

export async function startSender(): Promise<Sender> {
  const file = fileURLToPath(new URL('sender.ts', import.meta.url))
  const child = fork(file, { execArgv: [], serialization: 'advanced' })
  await once(child, 'message')
  const send = async (port: number, letters: readonly Letter[], load: object) => {
    child.send({ port, letters, ...load })
    const [answers] = await once(child, 'message')
    return Answered.parse(answers)
  }
  return {
    flood: send,
    trickle: send,
    async stop() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
