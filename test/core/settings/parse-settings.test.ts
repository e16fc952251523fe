import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSettings, settingsOf } from '#core/settings/parse-settings'
import { DEFAULT_SETTINGS } from '#core/settings/settings'

const read = (text: string) => parseSettings({ path: '.github/tech-lead.yml', text })

/** Complaints as `line: reason`. */
function complaints(text: string): readonly string[] {
  const result = read(text)
  return result.ok ? [] : result.complaints.map(({ line, reason }) => `${line}: ${reason}`)
}

const NO_PACK = expect.stringMatching(
  /^1: providers\[0\]: must be the path of a \.yml file in this repository/,
)

describe('complaints come with their line', () => {
  test.each([
    ['reveiw:\n  on: []\n', ['1: unknown key "reveiw"; did you mean "review"?']],
    ['# c\nmemory:\n  mod: auto\n', ['3: unknown key "mod"; did you mean "mode"?']],
    ['zzzzzzz: 1\n', ['1: unknown key "zzzzzzz"']],
    ...['../acme.yml', '/etc/acme.yml', 'a//acme.yml', './acme.yml', 'acme.json'].map(
      (path): [string, string[]] => [
        `providers:\n  - ${path}\n`,
        [expect.stringMatching(/^2: .*must be the path of a \.yml file in this repository/)],
      ],
    ),
    [
      'review:\n  on:\n    - opened\n    - opend\n',
      [
        '4: review.on[1]: must be one of opened, reopened, ready_for_review, synchronize; did you mean "opened"?',
      ],
    ],
    [
      'review:\n\n  fail_check_at: hihg\n',
      [
        '3: review.fail_check_at: must be one of critical, high, medium, low, never; did you mean "high"?',
      ],
    ],
    ['review: { max_comments: 99 }\n', ['1: review.max_comments: must be at most 50']],
    ['review:\n  drafts: "yes"\n', ['2: review.drafts: must be true or false']],
    ['budget:\n  usd_per_day: 0\n', ['2: budget.usd_per_day: must be more than 0']],
    ['path_instructions:\n  - path: a\n', ['2: path_instructions[0].text: is missing']],
    [
      'path_instructions:\n  - {path: a, txt: b, text: c}\n',
      ['2: unknown key "txt"; did you mean "text"?'],
    ],
    [
      'rules:\n  tls: off\n  jwt: medum\n',
      ['3: rules.jwt: must be one of off, critical, high, medium, low; did you mean "medium"?'],
    ],
    [
      'agent: ../../evil\n',
      ['1: agent: may hold only lower-case letters, digits and hyphens, at most 64'],
    ],
    ['agent: a\nagent: b\n', ['2: Map keys must be unique']],
    ['- a\n', ['1: expected keys and values at the top']],
    ['rules:\n  1: off\n', ['2: a key must be a plain word']],
    ['__proto__:\n  polluted: true\n', ['1: the key "__proto__" is not allowed']],
    ['review:\n  constructor: x\n', ['2: the key "constructor" is not allowed']],
    ['agent: !!js/function "x"\n', ['1: Unresolved tag: tag:yaml.org,2002:js/function']],
    ['agent: *gone\n', ['1: an alias without its anchor']],
    ['agent: "x\n', ['1: Missing closing "quote']],
    ['a: 1\n---\nb: 2\n', ['2: Source contains multiple documents']],
  ])('%j', (text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })

  test('all at once, in the order of the file', () => {
    expect(complaints('agent: A\nmemory: { mode: on }\nextra: 1\n')).toEqual([
      '1: agent: may hold only lower-case letters, digits and hyphens, at most 64',
      '2: memory.mode: must be one of auto, pull-request, off',
      '3: unknown key "extra"',
    ])
  })

  test('a hostile name is shown harmlessly', () => {
    expect(complaints('"a\\u001b[2J\\u202e": 1\n')).toEqual([
      '1: unknown key "a\\u{001B}[2J\\u{202E}"',
    ])
  })

  test('the same malformed text is refused the same way twice', () => {
    expect(read('agent: [')).toEqual(read('agent: ['))
    expect(read('agent: [').ok).toBe(false)
  })
})

describe('settings that want more than a repository may have', () => {
  test.each([
    ['budget:\n  usd_per_review: 1e9\n', '2: budget.usd_per_review: must be at most 1000'],
    ['budget:\n  usd_per_day: 1e9\n', '2: budget.usd_per_day: must be at most 100000'],
    ['model: claude-fable-5\n', '1: model: must be keys and values'],
    ['model:\n  name: claude-fable-5\n', '2: unknown key "name"'],
    ['_extends: other/private\n', '1: unknown key "_extends"'],
    ['extends: [other/private]\n', '1: unknown key "extends"'],
    ['base_url: https://evil.example\n', '1: unknown key "base_url"'],
    ['rules: { https://evil.example/rules.yml: on }\n', expect.stringMatching(/^1: rules\./)],
    ['providers: [https://evil.example/acme.yml]\n', NO_PACK],
    ['providers: [//evil.example/acme.yml]\n', NO_PACK],
    ['agent: ${HOME}\n', expect.stringMatching(/^1: agent: may hold only lower-case letters/)],
    ['budget:\n  usd_per_day: ${MAX}\n', expect.stringMatching(/^2: budget\.usd_per_day: /)],
  ])('%j is refused on its line', (text, expected) => {
    expect(complaints(text)).toEqual([expected])
  })

  test('the name of a variable of the server stays the letters that were written', () => {
    process.env['TECH_LEAD_TEST_VALUE'] = 'never seen'
    const text = '${TECH_LEAD_TEST_VALUE} $TECH_LEAD_TEST_VALUE {{ env.TECH_LEAD_TEST_VALUE }}'
    expect(read(`instructions: '${text}'\n`)).toMatchObject({ value: { instructions: text } })
  })
})

describe('a file that switches the model off', () => {
  const mode = (text: string) => settingsOf({ path: '.github/tech-lead.yml', text }).model.mode

  test.each([
    'model: { mode: off }\n',
    'model:\n  mode: off\n',
    'model: off\n',
    'model: { mode: no }\n',
    'model: { mode: off }\nreveiw: {}\n',
    '"model": { mode: off }\nreveiw: {}\n',
    '{ reveiw: {}, model: { mode: off } }\n',
    "{ reveiw: {}, 'model' : { mode: off } }\n",
    'model: { mode: off\n',
    '{ agent: "a # b", model: { mode: off }, reveiw: {} }\n',
    '? model\n: { mode: off }\nreveiw: {}\n',
    'models: { mode: off }\n',
    'Model:\n  mode: off\n',
    'MODEL: off\n',
    'model\n  mode: off\n',
    'model = off\n',
  ])('does so also with a mistake in it: %j', (text) => {
    expect(mode(text)).toBe('off')
  })

  test('does so also where it is too long to be read', () => {
    expect(mode(`model: { mode: off }\ninstructions: "${'x'.repeat(64 * 1024)}"\n`)).toBe('off')
  })

  test('is believed to do so where it cannot be read at all', () => {
    const written = { path: '.github/tech-lead.yml', text: '', unreadable: 'binary' }
    expect(settingsOf(written).model.mode).toBe('off')
    expect(parseSettings(written)).toMatchObject({
      ok: false,
      complaints: [{ line: null, reason: 'cannot be read: binary' }],
    })
  })

  test.each(['', 'reveiw: {}\n', '# model: { mode: off }\nreveiw: {}\n', 'model: {}\n'])(
    '%j does not',
    (text) => expect(mode(text)).toBe('auto'),
  )
})

describe('what would cost too much is refused', () => {
  test('a text above 64 KB', () => {
    const result = read(`instructions: "${'x'.repeat(64 * 1024)}"\n`)
    expect(result).toMatchObject({
      ok: false,
      complaints: [{ line: null, reason: 'larger than 64 KB' }],
    })
  })

  test('an alias bomb, at once', () => {
    const levels = 'bcdefghi'.split('')
    const bomb = [
      'a: &a [lol, lol]',
      ...levels.map((name, n) => `${name}: &${name} [${`*${'abcdefgh'[n]},`.repeat(9)}]`),
    ].join('\n')
    const started = performance.now()
    expect(complaints(bomb)).toEqual([expect.stringMatching(/: more than 20 aliases$/)])
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test.each([['['], ['{a: '], ['- ']])('deep nesting of %j', (opening) => {
    const deep = opening.repeat(15_000)
    expect(complaints(deep).join()).toContain('nested too deeply')
    expect(
      complaints(`paths: ${opening === '- ' ? '\n' : ''}${opening.repeat(30)}`).length,
    ).toBeGreaterThan(0)
  })
})

describe('what is fine', () => {
  test.each(['', '\n', '# only a comment\n', '{}', 'review:\n  # nothing set\n', '---\n'])(
    '%j means the defaults',
    (text) => {
      expect(read(text)).toEqual({ ok: true, value: DEFAULT_SETTINGS })
    },
  )

  test('every key of the documentation is read', () => {
    const result = read(
      [
        'agent: my-lead',
        'review: { on: [opened], drafts: true, outsiders: auto, trusted_bots: [41898282], inline_from: low,',
        '  max_comments: 5, fail_check_at: high, on_error: failure, auto_pause_after: 3, diagrams: false }',
        'paths: { include: ["src/**"], exclude: ["**/*.snap"] }',
        'rules: { timeout: off, my-rule: critical }',
        'memory: { mode: pull-request }',
        'providers: [.tech-lead/acme.yml]',
        'instructions: |',
        '  Be brief.',
        'path_instructions: [{ path: "src/pay/**", text: Money is in cents. }]',
        'budget: { usd_per_review: 1.5, usd_per_day: 20 }',
      ].join('\r\n'),
    )
    expect(result).toMatchObject({
      ok: true,
      value: {
        agent: 'my-lead',
        review: {
          on: ['opened'],
          trusted_bots: [41898282],
          fail_check_at: 'high',
          diagrams: false,
        },
        rules: { timeout: 'off', 'my-rule': 'critical' },
        instructions: 'Be brief.\n',
        budget: { usd_per_review: 1.5, usd_per_pull_request: 10, usd_per_day: 20 },
      },
    })
  })
})

test('whatever the text, reading it gives settings or complaints on lines that exist', () => {
  const word = fc.constantFrom(
    'agent',
    'review',
    ': ',
    '\n',
    '  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '"',
    "'",
    '|',
    '!!',
    '#',
    '1',
    'off',
    '\t',
    '?',
    '<<',
    '\u202E',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const text = words.join('')
      const result = read(text)
      if (result.ok) return
      const lines = Math.max(1, text.split('\n').length)
      expect(result.complaints.length).toBeGreaterThan(0)
      for (const { line } of result.complaints) {
        expect(line === null || (line >= 1 && line <= lines)).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
})
