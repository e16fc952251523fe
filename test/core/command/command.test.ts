import { describe, expect, test } from 'vitest'
import { COMMANDS, commandUsage, mayCommand } from '#core/command/command'

const person = { userId: 7, bot: false }
const bot = { userId: 8, bot: true }

describe('a command needs write permission, and everything unclear is a refusal', () => {
  test.each([
    ['admin', true],
    ['write', true],
    ['read', false],
    ['none', false],
    ['unknown', false],
  ] as const)('a person with %s', (permission, expected) => {
    expect(mayCommand('review', person, { permission, trustedBots: [] })).toBe(expected)
    expect(mayCommand('help', person, { permission, trustedBots: [] })).toBe(expected)
  })

  test.each([
    ['an unknown bot with write', 'write', [], false],
    ['a bot whose neighbour is trusted', 'write', [9], false],
    ['a trusted bot with read', 'read', [8], false],
    ['a trusted bot with write', 'write', [8], true],
  ] as const)('%s', (_, permission, trustedBots, expected) => {
    expect(mayCommand('review', bot, { permission, trustedBots })).toBe(expected)
  })
})

test('a command is written with its optional words in brackets', () => {
  expect(commandUsage('review')).toBe('/tech-lead review [full]')
  expect(commandUsage('help')).toBe('/tech-lead help')
})

test('every command has one line of help', () => {
  for (const { help } of Object.values(COMMANDS)) {
    expect(help).toMatch(/^[A-Z].+\.$/)
  }
})
