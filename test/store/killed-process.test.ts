import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { usedDataDir } from '../support/embedded-data-dir.ts'
import { SHORT_LIVED } from '../support/short-lived.ts'
import { embeddedHome, freshHome, onPostgres, reviewJob, until } from '../support/store-homes.ts'

vi.setConfig({ testTimeout: 60_000 })

const CHILD = fileURLToPath(new URL('../support/store-child.ts', import.meta.url))

function startChild(...args: string[]): { child: ChildProcess; said: string[] } {
  const child = spawn(process.execPath, [...SHORT_LIVED, CHILD, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line))
  return { child, said }
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

test.concurrent('every delivery that was acknowledged before kill -9 is there afterwards', async () => {
  const home = await embeddedHome(usedDataDir())
  const { child, said } = startChild('append', home.dataDir)
  await until('many are acknowledged', () => said.length > 200, 40_000)
  await kill(child)
  const first = await home.open()
  const [oldest] = await first.inbox.take(1)
  expect(oldest?.guid).toBe('acknowledged-0')
  await first.close(1_000)
  const store = await home.open()
  // Taken and never settled: after a restart nobody else can be at it.
  expect(await store.inbox.take(1)).toEqual([{ ...oldest, attempt: 2 }])
  const guids = said.filter((line) => line.startsWith('acknowledged-'))
  expect(guids.length).toBeGreaterThan(150)
  expect(await store.inbox.knownGuids(guids)).toEqual(new Set(guids))
  await store.close(1_000)
  await home.remove()
})

test.concurrent('a second process on one data directory is refused, and admitted after kill -9 of the first', async () => {
  const home = await embeddedHome(usedDataDir())
  const { child, said } = startChild('idle', home.dataDir)
  await until('the first has it open', () => said.includes('open'), 40_000)
  await expect(home.open()).rejects.toMatchObject({
    code: 'store.locked',
    kind: 'told',
    message: expect.stringContaining(home.dataDir),
  })
  await kill(child)
  const store = await home.open()
  await expect(home.open()).rejects.toMatchObject({ code: 'store.locked' })
  await store.close(1_000)
  await (await home.open()).close(1_000)
  await home.remove()
})

test.concurrent('embedded, a job that was active at kill -9 runs again at once, and so does its run', async () => {
  const home = await embeddedHome(usedDataDir())
  const job = reviewJob()
  const { child, said } = startChild('work', home.dataDir, JSON.stringify(job))
  await until('the job is active', () => said.includes('active claimed'), 40_000)
  await kill(child)
  const store = await home.open({ leaseMs: 60_000 })
  const openedAt = performance.now()
  const seen: (string | number)[] = []
  await store.jobs.work(
    async (taken, { attempt }) => {
      if (taken.kind !== 'review') return { kind: 'done' }
      const opened = await store.runs.open(taken, { headSha: 'h', baseRef: 'main' })
      seen.push(attempt, opened.kind)
      return { kind: 'done' }
    },
    { reviews: 1 },
  )
  await until('it ran', () => seen.length === 2)
  expect(performance.now() - openedAt).toBeLessThan(3_000)
  expect(seen).toEqual([1, 'claimed'])
  await store.close(1_000)
  await home.remove()
})

onPostgres((home) => {
  test.concurrent('a worker that slept through its lease writes nothing when it wakes', async () => {
    const mine = await freshHome(home(), 'slept')
    const store = await mine.open()
    const job = reviewJob()
    const { child, said } = startChild('work', mine.databaseUrl ?? '', JSON.stringify(job))
    await until('the job is active', () => said.includes('active claimed'), 40_000)
    child.kill('SIGSTOP')
    const at = { headSha: 'h', baseRef: 'main' }
    expect((await store.runs.open(job, at)).kind).toBe('busy')
    let epoch = 0
    await until('the lease is over', async () => {
      const opened = await store.runs.open(job, at)
      if (opened.kind === 'claimed') epoch = opened.run.epoch
      return epoch > 0
    })
    expect(epoch).toBe(2)
    child.kill('SIGCONT')
    await until('it wakes', () => said.some((line) => line.startsWith('wrote')))
    expect(said.slice(-2)).toEqual(['aborted run.lease-lost', 'wrote run.lease-lost'])
    await kill(child)
    await store.close(1_000)
  })

  test.concurrent('another worker takes over a killed one within fifteen seconds', async () => {
    const mine = await freshHome(home(), 'killed')
    const store = await mine.open()
    const job = reviewJob()
    const { child, said } = startChild('work', mine.databaseUrl ?? '', JSON.stringify(job))
    await until('the job is active', () => said.includes('active claimed'), 40_000)
    await kill(child)
    const killedAt = performance.now()
    const attempts: number[] = []
    await store.jobs.work(
      async (taken, { attempt }) => {
        if (taken.kind !== 'review') return { kind: 'done' }
        const opened = await store.runs.open(taken, { headSha: 'h', baseRef: 'main' })
        attempts.push(attempt)
        return opened.kind === 'claimed'
          ? { kind: 'done' }
          : { kind: 'wait', delayMs: 100, because: 'busy' }
      },
      { reviews: 1 },
    )
    await until('it ran', () => attempts.length > 0, 30_000)
    expect(performance.now() - killedAt).toBeLessThan(18_000)
    expect(attempts[0]).toBe(2)
    await store.close(1_000)
  })
})
