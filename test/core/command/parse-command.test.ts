import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CommandName } from '#core/command/command'
import { type ParsedCommand, parseCommand } from '#core/command/parse-command'

const NONE: ParsedCommand = { kind: 'none' }
const given = (name: CommandName, more: object = {}): ParsedCommand => ({
  ...{ kind: 'command', name, words: [], id: null, text: null },
  ...more,
})
const REVIEW = given('review')
const FULL = given('review', { words: ['full'] })
const HELP = given('help')

const filler = 'All work and no play makes Jack a dull boy.\n'

describe('a comment gives the command of its first ordinary line that starts with it', () => {
  test.each<[string, string, ParsedCommand]>([
    ['alone', '/tech-lead review', REVIEW],
    ['with its word', '/tech-lead review full', FULL],
    ['asking for help', '/tech-lead help', HELP],
    ['by name alone', '/tech-lead', HELP],
    ['with trailing spaces', '/tech-lead review   ', REVIEW],
    ['with tabs and many spaces', '/tech-lead \t review \t full', FULL],
    ['with CRLF line ends', 'Thanks!\r\n/tech-lead review\r\nBye', REVIEW],
    ['in other letters', '/Tech-Lead REVIEW', REVIEW],
    ['on the second line of a paragraph', 'Please:\n/tech-lead review\nthanks', REVIEW],
    ['after emphasis and a break', '**Please**\n/tech-lead review', REVIEW],
    ['behind three spaces', '   /tech-lead review', REVIEW],
    ['twice, the first', '/tech-lead help\n\n/tech-lead review', HELP],
    ['after a fence', '```\nlog\n```\n\n/tech-lead review', REVIEW],
    ['after a fence that holds one', '```\n/tech-lead help\n```\n\n/tech-lead review', REVIEW],
    ['after 60 KB of text', `${filler.repeat(1_400)}\n/tech-lead review`, REVIEW],
    ['before 60 KB of tags', `/tech-lead review\n\n${'<a>'.repeat(20_000)}`, REVIEW],
    ['not at all', 'Looks good to me.', NONE],
    ['in the middle of a line', 'please run /tech-lead review', NONE],
    ['quoted', '> /tech-lead review', NONE],
    ['quoted, lazily continued', '> hello\n/tech-lead review', NONE],
    ['in a fence', '```\n/tech-lead review\n```', NONE],
    ['in a fence of tildes', '~~~ text\n/tech-lead review\n~~~', NONE],
    ['in a fence that is never closed', '```\n/tech-lead review', NONE],
    ['in indented code', 'x\n\n    /tech-lead review', NONE],
    ['in a code span over lines', 'so `a\n/tech-lead review\nb` it is', NONE],
    ['in a comment', '<!--\n/tech-lead review\n-->', NONE],
    ['in a comment within a paragraph', 'hi <!--\n/tech-lead review\n-->', NONE],
    ['in a block of HTML', '<pre>\n/tech-lead review\n</pre>', NONE],
    ['in a list', '- /tech-lead review', NONE],
    ['in a table', '| a |\n|---|\n| /tech-lead review |', NONE],
    ['as a heading', '# /tech-lead review', NONE],
    ['behind an invisible mark', '\u200f/tech-lead review', NONE],
    ['as part of a word', '/tech-leadership review', NONE],
    ['with a colon', '/tech-lead: review', NONE],
    ['with a slash too many', '//tech-lead review', NONE],
    ['escaped', '\\/tech-lead review', NONE],
    ['in nothing', '', NONE],
    ['in more than GitHub takes', `/tech-lead review\n${'x'.repeat(65_536)}`, NONE],
  ])('%s', (_, body, expected) => {
    expect(parseCommand(body)).toEqual(expected)
  })
})

describe('an unknown command is quoted back with the one that was meant', () => {
  test.each([
    ['/tech-lead reveiw', 'reveiw', '/tech-lead review'],
    ['/tech-lead hlep', 'hlep', '/tech-lead help'],
    ['/tech-lead deploy', 'deploy', null],
    ['/tech-lead __proto__', '__proto__', null],
    ['/tech-lead constructor', 'constructor', null],
  ])('%s', (body, word, suggestion) => {
    expect(parseCommand(body)).toEqual({ kind: 'unknown', word, suggestion })
  })

  test.each([
    '/tech-lead review everything',
    '/tech-lead review full full',
    `/tech-lead review ${'x'.repeat(60_000)}`,
  ])('a command that takes no such words is known and misused: %.40s', (body) => {
    expect(parseCommand(body)).toEqual({ kind: 'misused', name: 'review' })
  })

  test('what is quoted back is short and hides nothing', () => {
    expect(parseCommand(`/tech-lead a\u202e\u0007${'b'.repeat(190)}`)).toEqual({
      kind: 'unknown',
      word: `a ${'b'.repeat(38)}`,
      suggestion: null,
    })
  })

  test('a line of thousands of characters is no command', () => {
    const parsed = parseCommand(`/tech-lead ${'x'.repeat(60_000)}`)
    expect(parsed.kind).toBe('unknown')
    expect(parsed.kind === 'unknown' && parsed.word.length).toBe(40)
  })
})

describe('no comment can keep the parser busy', () => {
  // Each of these takes the markdown parser from one second to several minutes.
  test.each([
    '> ',
    '>',
    '1. ',
    '- > ',
    '*_',
    'a*b_c',
    '[',
    '[a][b]',
    '\\``',
    'a<?',
    '**~',
    '- a\n',
  ])('65,000 characters of %j are dealt with at once', (unit) => {
    const hostile = unit.repeat(Math.floor(65_000 / unit.length))
    const begun = performance.now()
    parseCommand(`${hostile}\n/tech-lead review`)
    parseCommand(`x\n\n${hostile}\n\n/tech-lead review`)
    parseCommand(`/tech-lead review\n${hostile}`)
    expect(performance.now() - begun).toBeLessThan(1_000)
  })

  test('whatever surrounds it, parsing ends with an answer', () => {
    const piece = fc.constantFrom(
      '`',
      '```\n',
      '> ',
      '\n',
      '\r\n',
      '<!--',
      '*',
      '/tech-lead review',
      ' x',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(['none', 'command', 'misused', 'unknown']).toContain(
          parseCommand(pieces.join('')).kind,
        )
      }),
    )
  })

  test('a fence around any text silences it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const inside = text.replaceAll('`', '')
        expect(parseCommand(`\`\`\`\n${inside}\n/tech-lead review\n\`\`\``)).toEqual(NONE)
      }),
    )
  })
})
