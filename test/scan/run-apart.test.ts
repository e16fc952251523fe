import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { runApart } from '#scan/run-apart'

const caps = { cpuSeconds: 5, wallMs: 20_000, memoryKb: 2_000_000, outputBytes: 1_000_000 }
const shell = (script: string) => ({ file: '/bin/sh', args: ['-c', script], cwd: '/' })

async function linesOf(script: string): Promise<string[]> {
  const lines: string[] = []
  await runApart(shell(script), caps, (line) => void lines.push(line))
  return lines
}

test('what several programs print at once reaches whoever asked, line by line', async () => {
  const many = Array.from({ length: 4 }, (_, n) => linesOf(`echo "żółć ${n}"; echo; printf ${n}`))
  expect(await Promise.all(many)).toEqual([0, 1, 2, 3].map((n) => [`żółć ${n}`, '', `${n}`]))
})

test('a line that nobody can read fails the run at its end, and no other', async () => {
  const broken = runApart(shell('echo one; echo two'), caps, (line) => {
    if (line === 'two') throw new Error('two is no number')
  })
  const [unread, read] = await Promise.allSettled([broken, linesOf('echo three')])
  expect(unread).toMatchObject({ reason: { message: 'two is no number' } })
  expect(read).toEqual({ status: 'fulfilled', value: ['three'] })
})

test('when the thread ends, what runs in it fails, and the next run has a new one', async () => {
  const send = Worker.prototype.postMessage
  const threads: Worker[] = []
  Worker.prototype.postMessage = function (this: Worker, ...args: Parameters<typeof send>) {
    threads.push(this)
    return send.apply(this, args)
  }
  const lost = linesOf('sleep 5')
  Worker.prototype.postMessage = send
  void threads[0]?.terminate()
  await expect(lost).rejects.toThrow('the thread that starts ast-grep ended')
  expect(await linesOf('echo again')).toEqual(['again'])
})

test('whoever else waits has a turn between the pieces of a long output', async () => {
  const turns = new Set<number>()
  let turn = 0
  let ended = false
  const count = () => {
    turn += 1
    if (!ended) setImmediate(count)
  }
  count()
  let lines = 0
  await runApart(shell('yes 0123456789 | head -n 60000'), caps, () => {
    // Meanwhile all of the rest is printed, and waits.
    if (lines === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    lines += 1
    turns.add(turn)
  })
  ended = true
  expect(lines).toBe(60_000)
  expect(turns.size).toBeGreaterThan(3)
})

test('what runs apart stands behind whoever answers', async () => {
  const [own] = await linesOf('sleep 0.5; nice')
  expect(Number(own)).toBe(Math.min(19, getPriority() + 5))
})
