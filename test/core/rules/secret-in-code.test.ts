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

test('what a docstring shows is no credential; a text that belongs to a name may hold one', () => {
  const shown = ['def login():', '    """', "    {'token': 'q7Zp2vRk9sLw4xTn8bYc'}", '    """']
  const lines = claimedLines('app/login.py', shown)
  expect(lines).not.toContain(3)
  const kept = ['CURL = """', 'token: "q7Zp2vRk9sLw4xTn8bYc"', '"""']
  expect(claimedLines('app/login.py', kept)).toContain(2)
})

test.each([
  ['a key of a playground', 'src/seed.ts', 'token: "sk_test_q7Zp2vRk9sLw4xTn8bYc"'],
  ['a database beside it', 'app/main.py', 'URI = "postgres://shop:shop_password@db:5432/shop"'],
  ['a database of this machine', 'app/main.py', 'URI = "mongodb://off:off-wger@127.0.0.1"'],
  ['settings of the tests', 'config/environments/test.rb', "config.otp_secret = '100c7faeef'"],
  ['what may only report', 'src/main.go', 'bugsnag.Configure(Config{APIKey: "37770b3b08864"})'],
])('%s opens nothing that was closed', (_, path, line) => {
  expect(claimedLines(path, [line])).toEqual([])
})

test('a comment that calls a key public hides nothing', () => {
  const line = 'api_key = "H2jk9uKnhRmL6wQ8sT" # The public API key.'
  expect(claimedLines('src/pics.py', [line])).toEqual([1])
})

test('an app that is given out keeps no secret; a service keeps its own', () => {
  const secret = 'private const val CLIENT_SECRET = "d74caf0b"'
  expect(claimedLines('src/Api.kt', ['private const val CLIENT_ID = "bgm37"', secret])).toEqual([1])
  expect(claimedLines('src/Api.kt', [secret])).toEqual([1])
})

test('a database elsewhere and a secret of a service are credentials', () => {
  const uri = 'URI = "postgres://shop:q7Zp2vRk9sLw@db.shop.io:5432/shop"'
  expect(claimedLines('app/main.py', [uri])).toEqual([1])
  const near = 'URI = "postgres://shop:q7Zp2vRk9sLw@db:5432/shop"'
  expect(claimedLines('app/main.py', [near])).toEqual([1])
  expect(claimedLines('src/Api.kt', ['val clientSecret = "d74caf0b874ddd18e6"'])).toEqual([1])
})
