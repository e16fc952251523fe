import type { Job } from '#core/job/job'
import { Problem } from '#core/problem'
import { openStore } from '#store/open-store'
import type { HeldRun } from '#store/run-handle'

// A process for the tests to kill. Says on stdout what it has done, and never ends by itself.

const [task = '', home = '', job = ''] = process.argv.slice(2)
const say = (words: string) => process.stdout.write(`${words}\n`)
const postgres = home.startsWith('postgres:')

const store = await openStore({
  databaseUrl: postgres ? home : null,
  dataDir: postgres ? '/nonexistent' : home,
  clock: { now: () => Date.now() },
  log: { info: () => {}, warn: () => {}, error: () => {} },
  leaseMs: 2_000,
})
say('open')

/** When the run is taken away, tries to write nevertheless. */
function tellTheEnd(run: HeldRun): void {
  const codeOf = (reason: unknown) => (reason instanceof Problem ? reason.code : String(reason))
  run.signal.addEventListener('abort', async () => {
    say(`aborted ${codeOf(run.signal.reason)}`)
    const outcome: unknown = await run.intend('post-review').catch((error: unknown) => error)
    say(`wrote ${codeOf(outcome)}`)
  })
}

if (task === 'append') {
  for (let index = 0; ; index += 1) {
    const guid = `acknowledged-${index}`
    const one = { guid, event: 'push', action: null, body: '{}', receivedAt: index }
    await store.inbox.append(one)
    say(guid)
  }
}

if (task === 'work') {
  const given: Job = JSON.parse(job)
  await store.jobs.work(
    async (taken) => {
      if (taken.kind === 'review') {
        const opened = await store.runs.open(taken, { headSha: 'h', baseRef: 'main' })
        if (opened.kind === 'claimed') tellTheEnd(opened.run)
        say(`active ${opened.kind}`)
      }
      await new Promise(() => {})
      return { kind: 'done' }
    },
    { reviews: 1 },
  )
  await store.jobs.enqueue(given)
}
