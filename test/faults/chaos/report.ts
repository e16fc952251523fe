import type { Aftermath } from './storm.ts'
import { faultsOf, type Verdict } from './verdict.ts'

const PROMISES: readonly (readonly [keyof Verdict, string])[] = [
  ['lost', 'lost reviews'],
  ['twice', 'duplicate reviews, checks, summaries or findings'],
  ['open', 'check runs left open'],
  ['memory', 'duplicate memory entries or commits'],
  ['spend', 'ceilings of money passed'],
  ['contract', "breaches of GitHub's contract"],
]

const minutes = (ms: number) => `${(ms / 60_000).toFixed(1)} min`

/** The report of one storm as Markdown; `faults` at its head is 0 in a good run. */
export function reportOf(after: Aftermath): string {
  const { order, verdict, tally, processorTime } = after
  const total = Object.values(processorTime).reduce((sum, ms) => sum + ms, 0)
  return [
    `# Storm of seed ${order.seed}, ${order.store}: ${faultsOf(verdict)} faults`,
    '',
    `${minutes(order.stormMs)} of storm, settled ${minutes(after.drainedMs)} after it (of ${minutes(order.drainMs)}). ${after.cases} pull requests in ${order.repositories} repositories, ${after.heads} heads, ${order.replicas} replicas, ${after.kills} kills, ${after.requests} requests to GitHub, $${after.usd.toFixed(2)}.${order.loseStore ? ' The store was deleted in the middle.' : ''}`,
    '',
    '| promise | broken |',
    '|---|---|',
    ...PROMISES.map(([key, words]) => `| ${words} | ${verdict[key].length} |`),
    '',
    '| what went wrong on purpose | times |',
    '|---|---|',
    ...[...tally].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, n]) => `| ${kind} | ${n} |`),
    '',
    '| process | processor time | share |',
    '|---|---|---|',
    ...Object.entries(processorTime).map(
      ([name, ms]) =>
        `| ${name} | ${(ms / 1_000).toFixed(1)} s | ${((100 * ms) / total).toFixed(0)} % |`,
    ),
    '',
    ...PROMISES.flatMap(([key, words]) => brokenLines(words, verdict[key])),
    `Again: \`npm run chaos -- --store ${order.store} --seed ${order.seed} --minutes ${order.stormMs / 60_000} --pulls ${order.pulls} --repositories ${order.repositories}${order.loseStore ? ' --lose-store' : ''}\`. The seed decides what people do and the chance behind each fault; which request meets which fault depends on the machine.`,
    '',
  ].join('\n')
}

function brokenLines(words: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  return [`## ${words}`, '', ...lines.slice(0, 50).map((line) => `- ${line}`), '']
}
