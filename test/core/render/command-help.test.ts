import { expect, test } from 'vitest'
import { COMMANDS } from '#core/command/command'
import { commandHelp, unknownCommand } from '#core/render/command-help'

test('help names every command that exists, once', () => {
  for (const name of Object.keys(COMMANDS)) {
    expect(commandHelp().match(new RegExp(`^- \`/tech-lead ${name}\\b`, 'gm'))).toHaveLength(1)
  }
})

test('no line of help is itself a command to anybody', () => {
  expect(commandHelp()).not.toMatch(/^\//m)
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
