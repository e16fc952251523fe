const WARM_UPS = 2
const RUNS = 9

/** Medians of what was measured, in milliseconds of processor time. */
export interface Compared {
  readonly subject: number
  readonly baseline: number
}

/** The middle of the values; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low = 0, high = low] = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1)
  return (low + high) / 2
}

/** Times both in turns, so that whatever disturbs the machine disturbs both. */
export async function compareTimes(
  subject: () => unknown,
  baseline: () => unknown,
  runs = RUNS,
): Promise<Compared> {
  const times: { subject: number[]; baseline: number[] } = { subject: [], baseline: [] }
  for (let run = -WARM_UPS; run < runs; run += 1) {
    const one = await timeOf(subject)
    const other = await timeOf(baseline)
    if (run < 0) continue
    times.subject.push(one)
    times.baseline.push(other)
  }
  return { subject: median(times.subject), baseline: median(times.baseline) }
}

/** Processor time of all threads: what others run on the machine is not counted. */
async function timeOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** Bytes that stay in use for what `make` gives: heap and memory outside of it, after collection. */
export function retainedBytes(make: () => unknown): number {
  const before = inUse()
  const made = make()
  const after = inUse()
  // The result is needed here, so it cannot have been collected before.
  if (made === undefined) throw new Error('What is measured must give its result.')
  return after - before
}

function inUse(): number {
  if (globalThis.gc === undefined) throw new Error('Memory is measured under node --expose-gc.')
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** One pass over a text that does no more than count its lines. */
export function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}
