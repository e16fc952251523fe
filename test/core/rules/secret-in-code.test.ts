import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { codeOf } from '#core/rules/code'
import { runRules } from '#core/rules/run-rules'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { loadRules } from '#wiring/load-rules'
import { EXAMPLE_PROVIDERS } from '../../support/rule-providers.ts'

const { rules } = await loadRules(fileURLToPath(new URL('../../..', import.meta.url)))

/** The lines that are claimed when every line of a file holds something like a credential. */
function claimedLines(path: string, lines: readonly string[]): readonly number[] {
  const hits = lines.map((text, index) => ({
    path,
    line: index + 1,
    startColumn: 1,
    endColumn: text.length + 1,
    label: 'Slack token',
  }))
  const found = runRules(
    {
      code: codeOf([{ path, text: lines.join('\n') }], []),
      secrets: new Map([[path, hits]]),
      rules,
      providers: EXAMPLE_PROVIDERS,
      settings: DEFAULT_SETTINGS,
    },
    [path],
  )
  return found.filter(({ claim }) => claim.rule === 'secret-in-code').map(({ claim }) => claim.line)
}

test('a comment that shows what a value looks like is no credential', () => {
  expect(
    claimedLines('app/chat.py', [
      '# chat://T7K2P9X4M/B3N8Q5W1R/q7Zp2vRk9sLw4xTn8bYc',
      '#   A token looks like: q7Zp2vRk9sLw4xTn8bYc',
    ]),
  ).toEqual([])
  expect(claimedLines('src/chat.ts', [' * q7Zp2vRk9sLw4xTn8bYc', '// q7Zp2vRk9sLw'])).toEqual([])
})

test('what a documentation or a comment over many lines shows is no credential, and neither are seeds', () => {
  expect(claimedLines('app/session.py', ["    >>> s = Session('q7Zp2vRk9sLw4xTn8bYc')"])).toEqual(
    [],
  )
  const sample = [
    '/*',
    '"token": "q7Zp2vRk9sLw4xTn8bYc",',
    '*/',
    "$token = 'q7Zp2vRk9sLw4xTn8bYc';",
  ]
  expect(claimedLines('app/Hook.php', sample)).toEqual([4])
  expect(claimedLines('src/SampleDataService.cs', ['var key = "q7Zp2vRk9sLw4xTn8bYc";'])).toEqual(
    [],
  )
})

test('a credential in code that was commented out is still one', () => {
  expect(
    claimedLines('app/chat.py', [
      "# TOKEN = 'q7Zp2vRk9sLw4xTn8bYc'",
      "TOKEN = 'q7Zp2vRk9sLw4xTn8bYc'",
    ]),
  ).toEqual([1, 2])
  expect(claimedLines('src/chat.ts', ['// token: "q7Zp2vRk9sLw4xTn8bYc"'])).toEqual([1])
})
