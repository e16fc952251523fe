import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { createMetrics } from '#server/metrics'

const HOME = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(HOME, path), 'utf8')
const runbook = read('docs/runbook.md')
const alerts = z
  .object({
    groups: z.array(
      z.object({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string(),
            expr: z.string(),
            for: z
              .string()
              .regex(/^\d+[smh]$/)
              .optional(),
            annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('docs/alerts.yml')))
const rules = alerts.groups.flatMap((group) => group.rules)

/** Each metric of a server and the labels that it can have. */
const known = new Map<string, string>()
beforeAll(async () => {
  const metrics = createMetrics()
  metrics.watchBodies(() => 0)
  metrics.watchStore(async () => ({
    queues: [{ queue: 'review', waiting: 0, delayed: 0, active: 0, dead: 0, oldestWaitingMs: 0 }],
    ...{ inbox: { waiting: 0, dead: 0, oldestMs: 0 }, halted: 0, modelTrouble: null },
  }))
  const { body } = await metrics.text()
  for (const [, name = ''] of body.matchAll(/^# TYPE (\w+)/gm)) known.set(name, '')
  for (const [, name = '', labels = ''] of body.matchAll(/^(tech_lead_\w+)\{([^}]*)\}/gm)) {
    known.set(name, `${known.get(name)} ${labels}`)
  }
})

test.each(rules.map((rule) => [rule.alert, rule] as const))(
  '%s: its metrics exist, and its part of the runbook does',
  (_, { expr, annotations }) => {
    const names = [...expr.matchAll(/tech_lead_\w+/g)].map(([name]) => name)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect([...known.keys()]).toContain(name)
    const [page, anchor] = annotations.runbook.split('#')
    expect(page).toBe('docs/runbook.md')
    const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    )
    expect(anchors).toContain(anchor)
  },
)

test('every metric of the runbook exists', () => {
  const named = [...runbook.matchAll(/tech_lead_\w+/g)].map(([name]) => name)
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((name) => !known.has(name))).toEqual([])
})

test('every label value that alerts and runbook ask for is one that the code writes', () => {
  const source = globSync('src/**/*.ts', { cwd: HOME }).map(read).join('\n')
  const asked = [...`${runbook}\n${read('docs/alerts.yml')}`.matchAll(/\{(\w+)="([\w-]+)"/g)]
  expect(asked.length).toBeGreaterThan(8)
  for (const [, , value = ''] of asked) {
    const plain = value.replace(/^failed-/, '')
    expect(
      source.includes(`'${plain}'`) || source.includes(`{ ${plain}`) || /^\d+$/.test(plain),
      value,
    ).toBe(true)
  }
})

test('every line of the log in the runbook is one that the code writes', () => {
  const source = globSync('src/**/*.ts', { cwd: HOME }).map(read).join('\n')
  const lines = [...runbook.matchAll(/"msg":"([^"]+)"/g)].map(([, words = '']) => words)
  expect(lines.length).toBeGreaterThan(8)
  expect(lines.filter((words) => !source.includes(`'${words}'`))).toEqual([])
})

test('every command of the runbook exists', () => {
  const commands = [...runbook.matchAll(/^tech-lead ([a-z]+(?: [a-z]+)?)/gm)].map(
    ([, words = '']) => words,
  )
  expect(commands.length).toBeGreaterThan(5)
  for (const words of new Set(commands)) {
    const args = [join(HOME, 'src/cli/main.ts'), ...words.split(' '), '--help']
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, expect.stringContaining(`Usage: tech-lead ${words}`)])
  }
}, 60_000)
