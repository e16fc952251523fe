import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { buildMatrix } from '#core/matrix/build-matrix'
import { DeliveryState, type HandlerRow, IdempotencyClass } from '#core/matrix/matrix'
import { codeOf } from '#core/rules/code'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'

/** What a person says of a handler, who read its code before this was written. */
const Labels = z.object({
  framework: z.string(),
  about: z.string(),
  handler: z.object({ path: z.string(), line: z.int() }),
  states: z.record(
    DeliveryState,
    z.object({
      state: z.enum(['present', 'missing', 'not-needed', 'unknown']),
      path: z.string().optional(),
      line: z.int().optional(),
    }),
  ),
  misordered: z.array(DeliveryState),
  idempotency: z.object({ class: IdempotencyClass }),
})

const FOLDER = fileURLToPath(new URL('handlers/', import.meta.url))
/** The code is no code of this repository: its files end in `.txt` here. */
const SUFFIX = '.txt'

/** States that are right and shown at another place of the same way, which a reader may name as well. */
const SHOWN_ELSEWHERE: Readonly<Record<string, readonly DeliveryState[]>> = {
  // Added in one line, written by the commit.
  'flask-stripe-connect': ['durable'],
  // The comparison in a helper, and who calls it.
  'hono-paddle-licences': ['verify'],
  // Where the bytes are kept by a parser, and where they are taken.
  'koa-stripe-checkout': ['raw-body'],
  // The call of a helper that claims, and the helper; a queue in a template, and its worker.
  'lambda-sendgrid-bounces': ['dedupe', 'dead-letter'],
  // The call of a function that works, and its own call.
  'nethttp-postmark-inbound': ['process'],
}

const all = readdirSync(FOLDER)
  .toSorted()
  .map((name) => ({
    name,
    labels: Labels.parse(parse(readFileSync(`${FOLDER}${name}/labels.yml`, 'utf8'))),
    sources: readdirSync(`${FOLDER}${name}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith(SUFFIX))
      .map((path) => ({
        path: `${name}/${path.slice(0, -SUFFIX.length)}`,
        text: readFileSync(`${FOLDER}${name}/${path}`, 'utf8'),
      })),
  }))

const rows = new Map<string, readonly HandlerRow[]>()

beforeAll(async () => {
  const { knowledge, matchers } = await loadKnowledge('2026-11-28')
  const sources = all.flatMap((one) => one.sources)
  const { facts, failed } = await createScan({ matchers }).facts(sources, 'matrix')
  expect(failed).toEqual([])
  for (const { name, sources: own } of all) {
    const paths = new Set(own.map(({ path }) => path))
    const code = codeOf(
      own,
      facts.filter(({ path }) => paths.has(path)),
    )
    rows.set(name, buildMatrix({ code, ...knowledge }).handlers)
  }
}, 60_000)

test('forty handlers in twenty frameworks are known', () => {
  expect(all).toHaveLength(40)
})

describe.each(all)('$name', ({ name, labels }) => {
  const onlyRow = () => {
    const [row, ...others] = rows.get(name) ?? []
    expect(others).toEqual([])
    if (row === undefined) throw new Error(`${name} has no row`)
    return row
  }

  test('has one row, where the handler stands', () => {
    const { path, line } = onlyRow()
    expect(path).toBe(`${name}/${labels.handler.path}`)
    expect(Math.abs(line - labels.handler.line)).toBeLessThanOrEqual(3)
  })

  test('goes through the states that a reader sees', () => {
    const seen = Object.fromEntries(onlyRow().states.map((one) => [one.name, one.state]))
    const read = Object.entries(labels.states).map(([state, one]) => [state, one.state])
    expect(seen).toEqual(Object.fromEntries(read))
  })

  test('shows each state where it stands', () => {
    for (const station of onlyRow().states) {
      const label = labels.states[station.name]
      const isElsewhere = SHOWN_ELSEWHERE[name]?.includes(station.name) ?? false
      if (label?.line === undefined || isElsewhere) continue
      expect(`${station.name} ${station.path}`).toBe(`${station.name} ${name}/${label.path}`)
      expect(Math.abs((station.line ?? 0) - label.line)).toBeLessThanOrEqual(3)
    }
  })

  test('has in another order only what a reader finds in another order', () => {
    const misplaced = onlyRow().states.filter((one) => one.misplaced !== null)
    expect(misplaced.map((one) => one.name).toSorted()).toEqual(labels.misordered.toSorted())
  })

  test('keeps a second delivery away in the way that a reader sees', () => {
    expect(onlyRow().idempotency.class).toBe(labels.idempotency.class)
  })
})
