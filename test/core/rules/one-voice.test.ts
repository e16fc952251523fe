import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { codeOf } from '#core/rules/code'
import { runRules } from '#core/rules/run-rules'
import { DEFAULT_SETTINGS, type Settings } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'
import { createScan } from '#scan/create-scan'
import { loadRules } from '#wiring/load-rules'
import { EXAMPLE_PROVIDERS } from '../../support/rule-providers.ts'

const { rules, matchers } = await loadRules(fileURLToPath(new URL('../../..', import.meta.url)))

const PUSH = {
  path: 'src/push.ts',
  text: `export async function push() {
  const contactIds = await repository.contactIds()
  await Promise.all(
    contactIds.map((id) => fetch(\`https://api.hubapi.com/contacts/\${id}\`, { signal })),
  )
}
export async function mail() {
  const userIds = await repository.userIds()
  await Promise.all(userIds.map((id) => mailer.send(id)))
}
`,
}

/** Where a rule speaks of a file. */
async function linesOf(source: SourceText, rule: string): Promise<readonly number[]> {
  const { facts } = await createScan({ matchers }).facts([source])
  const code = codeOf([source], facts)
  const settings = DEFAULT_SETTINGS
  const input = { code, secrets: new Map(), rules, providers: EXAMPLE_PROVIDERS, settings }
  return runRules(input, [source.path])
    .filter(({ claim }) => claim.rule === rule)
    .map(({ claim }) => claim.startLine)
}

/** Rules that speak of a crowd of calls, and where. */
async function crowds(settings: Settings): Promise<readonly string[]> {
  const { facts } = await createScan({ matchers }).facts([PUSH])
  const code = codeOf([PUSH], facts)
  const input = { code, secrets: new Map(), rules, providers: EXAMPLE_PROVIDERS, settings }
  return runRules(input, [PUSH.path])
    .filter(({ claim }) => /^(?:fan-out|burst)/.test(claim.rule ?? ''))
    .map(({ claim }) => `${claim.rule}:${claim.startLine}`)
}

test('one cause has one voice on a line, and on other lines the rule speaks as before', async () => {
  expect(await crowds(DEFAULT_SETTINGS)).toEqual([
    'burst-at-limited-api:3',
    'fan-out-without-limit:9',
  ])
})

test('a rule makes way for none that is switched off', async () => {
  const off = { ...DEFAULT_SETTINGS, rules: { 'burst-at-limited-api': 'off' as const } }
  expect(await crowds(off)).toEqual(['fan-out-without-limit:3', 'fan-out-without-limit:9'])
})

const REPORT = {
  path: 'internal/report/store.go',
  text: `package report

func (s *Store) Load(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	rows, err := s.db.Query(fmt.Sprintf("SELECT id FROM orders WHERE name = '%s'", name))
	write(w, rows, err)
}
`,
}

describe('a value of the request between the quotes of a statement is said once', async () => {
  const { facts } = await createScan({ matchers }).facts([REPORT])
  const code = codeOf([REPORT], facts)
  const said = (of: typeof rules, settings: Settings) =>
    runRules({ code, secrets: new Map(), providers: EXAMPLE_PROVIDERS, settings, rules: of }, [
      REPORT.path,
    ])
      .map(({ claim }) => claim.rule)
      .filter((rule) => rule?.includes('sql'))
  const graded = (severity: 'high' | 'low') => ({
    ...DEFAULT_SETTINGS,
    rules: { 'sql-from-request': severity, 'quoted-value-in-sql': 'high' as const },
  })

  test('by the rule that says more', () => {
    expect(said(rules, graded('high'))).toEqual(['sql-from-request'])
  })
  test('by the other one where that only guesses', () => {
    expect(said(rules, graded('low'))).toEqual(['quoted-value-in-sql'])
  })
  test('by the other one where that is not there', () => {
    const others = rules.filter(({ id }) => id !== 'sql-from-request')
    expect(said(others, DEFAULT_SETTINGS)).toEqual(['quoted-value-in-sql'])
  })
})

const CLIENT = {
  path: 'server/ledger.ts',
  text: `import fs from 'node:fs'
export class Ledger {
  constructor(private readonly baseUrl: string, private readonly other: string) {}
  get(path: string) { return fetch(\`\${this.baseUrl}\${path}\`) }
  put(path: string, body: string) { return fetch(\`\${this.baseUrl}\${path}\`, { method: 'PUT', body }) }
  rates() { return fetch('https://rates.example.com/latest') }
}
export class Archive {
  get(path: string) { return fetch(\`\${this.baseUrl}\${path}\`) }
}
`,
}

test('calls of one class to one base are one finding, those to others are their own', async () => {
  expect(await linesOf(CLIENT, 'call-without-timeout')).toEqual([4, 6, 9])
})

const CURL = {
  path: 'app/Stock.php',
  text: `<?php
function stock($url) {
    $ch = curl_init($url);
    curl_setopt($ch, CURLOPT_TIMEOUT, 5);
    curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, false);
    curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, 0);
    return curl_exec($ch);
}
function price($url) {
    $ch = curl_init($url);
    curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, 0);
    return curl_exec($ch);
}
function rates($url) {
    $ch = curl_init($url);
    curl_setopt_array($ch, [CURLOPT_SSL_VERIFYHOST => 0, CURLOPT_SSL_VERIFYPEER => false]);
    return curl_exec($ch);
}
`,
}

test('both checks of one client that are switched off are one finding', async () => {
  expect(await linesOf(CURL, 'certificate-not-verified')).toEqual([5, 11, 16])
})
