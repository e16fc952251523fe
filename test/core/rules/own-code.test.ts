import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { codeOf } from '#core/rules/code'
import { runRules } from '#core/rules/run-rules'
import { applySuppressions } from '#core/rules/suppression'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { createScan } from '#scan/create-scan'
import { loadRules } from '#wiring/load-rules'
import { EXAMPLE_PROVIDERS } from '../../support/rule-providers.ts'

const home = fileURLToPath(new URL('../../..', import.meta.url))

test('our own code gives no rule a reason to speak that nobody has answered', async () => {
  const { rules, matchers } = await loadRules(home)
  const names = (await readdir(`${home}src`, { recursive: true })).filter((name) =>
    name.endsWith('.ts'),
  )
  const sources = await Promise.all(
    names.map(async (name) => ({
      path: `src/${name}`,
      text: await readFile(`${home}src/${name}`, 'utf8'),
    })),
  )
  const scan = createScan({ matchers })
  const { facts, failed, scanned } = await scan.facts(sources)
  const { hits } = await scan.secrets(sources)
  expect(failed).toEqual([])
  expect(scanned.length).toBe(sources.length)
  const code = codeOf(sources, facts)
  const standing = runRules(
    {
      code,
      secrets: Map.groupBy(hits, (hit) => hit.path),
      rules,
      providers: EXAMPLE_PROVIDERS,
      settings: DEFAULT_SETTINGS,
    },
    sources.map((source) => source.path),
  )
  const claims = standing.map(({ claim }) => claim)
  // What a comment takes the responsibility for, with its reason, is listed by a review of ours.
  const left = applySuppressions(claims, code.files).standing
  expect(left.map(({ rule, path, line }) => `${rule} ${path}:${line}`)).toEqual([])
}, 60_000)
