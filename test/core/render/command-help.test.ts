import { expect, test } from 'vitest'
import { COMMANDS } from '#core/command/command'
import {
  commandHelp,
  misplacedCommand,
  misusedCommand,
  unknownCommand,
} from '#core/render/command-help'

test('help names every command that exists, once', () => {
  for (const name of Object.keys(COMMANDS)) {
    expect(commandHelp(true).match(new RegExp(`^- \`/tech-lead ${name}\\b`, 'gm'))).toHaveLength(1)
  }
})

test('no line of help is itself a command to anybody', () => {
  expect(commandHelp(true)).not.toMatch(/^\//m)
})

test.each([
  ['reveiw', '`reveiw`'],
  ['`', '`` ` ``'],
  ['@everyone', '`@everyone`'],
  ['<img src=x>', '`<img src=x>`'],
  ['', '` `'],
])('an unknown word %j is quoted as code', (word, quoted) => {
  expect(unknownCommand(word, null)).toBe(
    `There is no command ${quoted}. Did you mean \`/tech-lead help\`?`,
  )
})

test('the command that was meant is offered', () => {
  expect(unknownCommand('reveiw', '/tech-lead review')).toContain('`/tech-lead review`')
})

test('on an issue, help names only what works there', () => {
  expect(commandHelp(false)).toContain('`/tech-lead help`')
  expect(commandHelp(false)).not.toContain('/tech-lead review')
})

test('who writes a command otherwise is shown how it is written', () => {
  expect(misusedCommand('review')).toMatch(
    /^This is written `\/tech-lead review \[full\]`\. Review/,
  )
})

test('who gives a command in the wrong place is told which one is right', () => {
  expect(misplacedCommand('review', 'issue')).toContain('works on pull requests')
  expect(misplacedCommand('review', 'closed')).toContain('this one is closed')
})
