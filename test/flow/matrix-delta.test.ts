import { describe, expect, test } from 'vitest'
import { parsePatch } from '#core/diff/parse-patch'
import { integrationDelta } from '#flow/integration-delta'
import { changedFile } from '../support/builders.ts'
import { contentsOf, needs } from '../support/take-inventory-of.ts'

const CLIENT = [
  "import axios from 'axios'",
  "export const crm = axios.create({ baseURL: 'https://api.crm.io', timeout: 5_000 })",
  '',
].join('\n')
const CALLS = [
  "import { crm } from './client'",
  'export async function first(id: string) {',
  '  return crm.get(`/contacts/${id}`)',
  '}',
  'export async function second(id: string) {',
  '  return crm.get(`/deals/${id}`)',
  '}',
  '',
].join('\n')
const FILES = { 'src/client.ts': CLIENT, 'src/calls.ts': CALLS }

type Files = Readonly<Record<string, string>>

/** The matrix of what changes between two states of a repository; `patches` say which lines. */
async function delta(before: Files, after: Files, patches: Files) {
  return (await wholeDelta(before, after, patches)).matrix
}

function wholeDelta(before: Files, after: Files, patches: Files) {
  const [base, head] = [contentsOf(before), contentsOf(after)]
  const paths = Object.keys(patches)
  return integrationDelta(
    {
      ...needs,
      contents: {
        read: (asked, at) => (at === 'base' ? base : head).read(asked),
        list: async (at) => ({
          paths: Object.keys(at === 'base' ? before : after),
          complete: true,
        }),
      },
    },
    {
      files: paths.map((path) => {
        const read = parsePatch(patches[path] ?? '')
        return {
          ...changedFile(path, ''),
          change: before[path] === undefined ? 'added' : 'modified',
          hunks: read.ok ? read.hunks : [],
        }
      }),
      head: paths.flatMap((path) =>
        after[path] === undefined ? [] : [{ path, text: after[path] }],
      ),
    },
  )
}

describe('what a change does to the protections', () => {
  test('only the call whose function changed is shown, and nothing flips by a word in it', async () => {
    const after = CALLS.replace('/deals/', '/deals/v2/')
    const { calls } = await delta(
      FILES,
      { ...FILES, 'src/calls.ts': after },
      {
        'src/calls.ts':
          '@@ -6 +6 @@\n-  return crm.get(`/deals/${id}`)\n+  return crm.get(`/deals/v2/${id}`)',
      },
    )
    expect(calls.map(({ symbol }) => symbol)).toEqual(['second'])
    expect(calls[0]?.before?.timeout).toBe('protected')
    expect(calls[0]?.cells.timeout.state).toBe('protected')
  })

  test('a file that is added opens no view that was closed before', async () => {
    const before = { ...FILES, 'src/shop.ts': "import { first } from './calls'\nfirst('1')\n" }
    const after = { ...before, 'src/more.ts': "import { crm } from './client'\ncrm.get('/')\n" }
    const whole = await wholeDelta(before, after, {
      'src/shop.ts': '@@ -2 +2 @@\n-a\n+b',
      'src/more.ts': '@@ -0,0 +1,2 @@\n+a\n+b',
    })
    expect([...whole.before.files.keys()].sort()).toEqual([
      'src/calls.ts',
      'src/client.ts',
      'src/shop.ts',
    ])
    expect([...whole.after.files.keys()].sort()).toEqual([
      'src/calls.ts',
      'src/client.ts',
      'src/more.ts',
      'src/shop.ts',
    ])
  })

  test('a limit that goes out of a shared client is lost to every call of the change', async () => {
    const client = CLIENT.replace(', timeout: 5_000', '')
    const after = { 'src/client.ts': client, 'src/calls.ts': CALLS.replace('first', 'one') }
    const { calls } = await delta(FILES, after, {
      'src/client.ts': '@@ -2 +2 @@\n-a\n+b',
      'src/calls.ts': '@@ -2 +2 @@\n-a\n+b',
    })
    expect(
      calls.map(({ symbol, before, cells }) => [symbol, before?.timeout, cells.timeout.state]),
    ).toEqual([
      ['one', 'protected', 'missing'],
      ['second', 'protected', 'missing'],
    ])
  })

  test('a new call has no state before', async () => {
    const { calls } = await delta({ 'src/client.ts': CLIENT }, FILES, {
      'src/calls.ts': '@@ -0,0 +1,7 @@\n+a\n+b\n+c\n+d\n+e\n+f\n+g',
    })
    expect(calls.map(({ before }) => before)).toEqual([null, null])
  })

  test('a handler that loses its check is shown with what flipped', async () => {
    const handler = [
      "app.post('/webhooks/stripe', express.raw({ type: '*/*' }), async (req, res) => {",
      "  const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'], SECRET)",
      '  await db.payments.create({ data: event })',
      '  res.sendStatus(200)',
      '})',
      '',
    ].join('\n')
    const lines = "import express from 'express'\nimport { app, stripe, db } from './app'\n"
    const before = { 'src/hook.ts': lines + handler }
    const after = {
      'src/hook.ts':
        lines + handler.replace(/stripe\.webhooks\.constructEvent\(.*\)/, 'JSON.parse(req.body)'),
    }
    const { handlers } = await delta(before, after, { 'src/hook.ts': '@@ -4 +4 @@\n-a\n+b' })
    expect(
      handlers.map(({ before: old, cells }) => [
        old?.signature,
        cells.signature.state,
        cells.window.state,
      ]),
    ).toEqual([['protected', 'missing', 'missing']])
  })

  test('a change beside all of it touches nothing', async () => {
    const after = { ...FILES, 'src/calls.ts': `${CALLS}// a remark\n` }
    const { calls, handlers } = await delta(FILES, after, {
      'src/calls.ts': '@@ -7,0 +8 @@\n+// a remark',
    })
    expect([calls, handlers]).toEqual([[], []])
  })
})
