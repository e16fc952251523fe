import { describe, expect, test } from 'vitest'
import type { Agent } from '#core/agent/agent'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { gather } from '#flow/gather'
import { withOwnPacks } from '#flow/knowledge'
import type { At, FileContent, Snapshot } from '#flow/ports'
import { OWN_PACK } from '../support/own-pack.ts'
import { needs } from '../support/take-inventory-of.ts'

const SHIPPED = { catalog: needs.catalog, providers: needs.providers, rules: [] }
const LEAD: Agent = {
  ...{ header: { name: 'lead', description: 'd', model: 'opus', memory: 'project' } },
  ...{ body: '', file: 'lead.md' },
}
const PATH = '.tech-lead/acme.yml'
const SETTINGS = `review:\n  drafts: true\nproviders:\n  - ${PATH}\n`
const HEAD_PACK = OWN_PACK.replace('signed: { value: true', 'signed: { value: false')

/** A repository with files on its default branch, and others at the head of a pull request. */
function repository(tip: Readonly<Record<string, string>>, refused = '') {
  const asked: string[] = []
  const texts: Readonly<Record<At, Readonly<Record<string, string>>>> = {
    ...{ tip, base: {}, head: { [PATH]: HEAD_PACK } },
  }
  const contents: Snapshot['contents'] = {
    read: async (paths, at) => {
      asked.push(...paths.map((path) => `${at}:${path}`))
      return new Map(
        paths.map((path): [string, FileContent] => {
          const text = texts[at][path]
          if (refused !== '') return [path, { kind: 'refused', because: refused }]
          return [path, text === undefined ? { kind: 'missing' } : { kind: 'text', text }]
        }),
      )
    },
    list: async () => ({ paths: [], complete: true }),
  }
  const settings = { path: '.github/tech-lead.yml', text: SETTINGS }
  return { asked, contents, trusted: { commit: 'c', agent: null, memory: [], settings } }
}

const named = { ...DEFAULT_SETTINGS, providers: [PATH] }

describe('the provider packs of a repository', () => {
  test('tell what a provider has turned off, and keep for later what is only announced', async () => {
    const ending = (since: string) =>
      `{ address: //api.pay.acme.example/v1/, since: ${since}, instead: v2 }`
    const pack = (since: string) =>
      OWN_PACK.replace(
        'facts:\n',
        `facts:\n  versioning:\n    endings: { value: [${ending(since)}], source: handbook }\n`,
      )
    const endings = async (since: string) => {
      const place = repository({ [PATH]: pack(since) })
      const { knowledge, complaints } = await withOwnPacks(SHIPPED, named, place)
      expect(complaints).toEqual([])
      return knowledge.providers.byHost('api.pay.acme.example')?.endings.map((one) => one.since)
    }
    expect(await endings('2024-01')).toEqual(['2024-01'])
    expect(await endings('2199-01')).toEqual([])
  })

  test('are read where nobody but its people can write: at the tip of the default branch', async () => {
    const place = repository({ [PATH]: OWN_PACK })
    const { knowledge, complaints } = await withOwnPacks(SHIPPED, named, place)
    expect([place.asked, complaints]).toEqual([[`tip:${PATH}`], []])
    expect(knowledge.providers.byHost('api.pay.acme.example')).toMatchObject({
      ...{ id: 'acme-pay', signsWebhooks: true, signatureHeader: 'acme-pay-signature' },
    })
    expect(knowledge.catalog.byImport('js', '@acme/pay/webhooks')).toBe('acme-pay')
    expect(knowledge.providers.byHost('api.stripe.com')?.id).toBe('stripe')
  })

  test('leave what the app knows as it is for all other repositories', async () => {
    await withOwnPacks(SHIPPED, named, repository({ [PATH]: OWN_PACK }))
    expect(SHIPPED.catalog.byHost('api.pay.acme.example')).toBeNull()
    const place = repository({})
    const { knowledge } = await withOwnPacks(SHIPPED, DEFAULT_SETTINGS, place)
    expect([knowledge, place.asked]).toEqual([SHIPPED, []])
  })

  test('that are not there, or cannot be read, are named on the line that names them', async () => {
    const missing = await withOwnPacks(SHIPPED, named, repository({}))
    const refused = await withOwnPacks(SHIPPED, named, repository({}, 'a symbolic link'))
    expect([...missing.complaints, ...refused.complaints]).toEqual([
      {
        ...{ file: '.github/tech-lead.yml', line: 4 },
        reason: `${PATH} is not on the default branch`,
      },
      {
        ...{ file: '.github/tech-lead.yml', line: 4 },
        reason: `${PATH} was not read: a symbolic link`,
      },
    ])
  })

  test('are part of what is gathered about a change, and so is what is wrong with them', async () => {
    const tip = { [PATH]: OWN_PACK.replace('names: [Acme Pay]', 'names: [Stripe]') }
    const { contents, trusted } = repository(tip)
    const snapshot = {
      ...{ base: 'b', head: 'a', files: [], totalFiles: 0, title: '', description: '' },
      ...{ contents, trusted },
    }
    const gathered = await gather(
      { snapshot: async () => snapshot },
      { agent: LEAD, knowledge: SHIPPED },
    )
    expect(gathered.settings.review.drafts).toBe(true)
    expect(gathered.knowledge.catalog.get('acme-pay')).toBeNull()
    expect(gathered.complaints).toEqual([
      expect.objectContaining({ file: PATH, line: expect.any(Number) }),
    ])
    expect(gathered.notes).toEqual([
      expect.stringMatching(
        /acme\.yml:\d+: name "Stripe" belongs .*this provider pack is not used$/,
      ),
    ])
  })
})
