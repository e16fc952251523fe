import { describe, expect, test } from 'vitest'
import { familyHits } from '#core/filter/family'
import { handedOut, handHits } from '#core/filter/handed-out'
import type { ImportEdge } from '#core/filter/read-edges'
import { clientsNear, wireHits } from '#core/filter/wire-types'
import { added, decisionAbout, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const edge = (from: string, to: string): ImportEdge => ({
  ...{ from, to, line: 1, typeOnly: false, heir: false },
})

describe('a family of adapters', () => {
  const names = ['salesforce', 'hubspot', 'zendesk', 'shelf', 'base']
  const family = (folder: string) => names.map((name) => `${folder}/${name}.py`)
  const said = (path: string, paths: readonly string[]) =>
    familyHits([path], paths, catalog).get(path)?.detail

  test('each file beside adapters of known systems is one, whatever its name', () => {
    const paths = family('acme/runners')
    expect(said('acme/runners/shelf.py', paths)).toBe('beside salesforce, hubspot, zendesk')
  })

  test('each system may have a folder of its own', () => {
    const paths = names.map((name) => `drivers/${name}/driver.go`)
    expect(said('drivers/shelf/driver.go', paths)).toBe('beside salesforce, hubspot, zendesk')
  })

  test.each([
    ['two known systems are none', ['a/x/stripe.py', 'a/x/paypal.py', 'a/x/shelf.py']],
    ['a folder of all models is none', family('app/models')],
    [
      'words of every language are none',
      ['box', 'front', 'linear', 'shelf'].map((n) => `a/x/${n}.py`),
    ],
    [
      'three among very many are none',
      [...family('a/x'), ...Array.from({ length: 40 }, (_, n) => `a/x/row${n}.py`)],
    ],
  ])('%s', (_, paths) => {
    const shelf = paths.find((path) => path.includes('shelf')) ?? ''
    expect(said(shelf, paths)).toBeUndefined()
  })
})

describe('a client that a module hands out', () => {
  const maker = 'src/lib/queue.ts'
  const text =
    "import { Client } from '@upstash/qstash'\nexport const qstash = new Client({ token: process.env.QSTASH_TOKEN })\nexport const SIZE = 3\n"
  const handed = new Map([[maker, handedOut(decisionAbout(added(maker, text), { catalog }), text)]])
  const says = (user: string) =>
    handHits({ path: 'src/jobs.ts' }, user, [edge('src/jobs.ts', maker)], handed).map(
      ({ detail }) => detail,
    )

  test('who calls it uses the library', () => {
    const user = "import { qstash } from '@/lib/queue'\nawait qstash.batchJSON(messages)"
    expect(says(user)).toEqual(['calls qstash, a client made in src/lib/queue.ts'])
  })

  test.each([
    ['who takes something else', "import { SIZE } from '@/lib/queue'\nrows.slice(SIZE)"],
    ['who has a name of one’s own', 'const qstash = rows\nqstash.map(String)'],
    ['who hands it on', "import { qstash } from '@/lib/queue'\nstart(qstash)"],
  ])('%s does not', (_, user) => {
    expect(says(user)).toEqual([])
  })

  test('a module of the own database hands out none', () => {
    const own = "import { Pool } from 'pg'\nexport const pool = new Pool()\n"
    expect(handedOut(decisionAbout(added('src/db.ts', own), { catalog }), own)).toEqual([])
  })
})

describe('types on the wire', () => {
  const sure = { because: 'x', provider: null, sure: true, byFolder: false }
  const taken = (from: string, to: string, text: string) =>
    wireHits([edge(from, to)], new Map([[from, sure]]), () => text).get(to)?.[0]?.detail
  const MARKED = 'data class Status(@Json(name = "in_reply_to") val reply: String)'

  test('a type with marks that a client takes is sent by it', () => {
    expect(taken('app/network/BirdApi.kt', 'app/entity/Status.kt', MARKED)).toBe(
      'is taken by app/network/BirdApi.kt',
    )
  })

  test('a schema of the same matter is its handler’s', () => {
    const taker = 'app/api/veriff/webhook/handle-event.ts'
    expect(taken(taker, 'lib/veriff/schema.ts', 'z.object({})')).toBe(`is taken by ${taker}`)
    expect(taken(taker, 'lib/orders/schema.ts', 'z.object({})')).toBeUndefined()
  })

  test.each([
    ['a row of the database', 'app/network/BirdApi.kt', `@Entity\n${MARKED}`],
    ['a type without marks', 'app/network/BirdApi.kt', 'data class Status(val reply: String)'],
    ['a type that no client takes', 'app/timeline/Pager.kt', MARKED],
  ])('%s is not', (_, from, text) => {
    expect(taken(from, 'app/entity/Status.kt', text)).toBeUndefined()
  })

  test('the nearest clients of the same language are looked at first', () => {
    const paths = ['far/OtherApi.kt', 'app/x/BirdApi.kt', 'app/x/bird_api.rb', 'app/x/Rapid.kt']
    expect(clientsNear('app/x/Status.kt', paths)).toEqual(['app/x/BirdApi.kt', 'far/OtherApi.kt'])
  })
})
