import { expect, test } from 'vitest'
import { type MarkerKeys, marker } from '#core/render/marker'
import { answerCommand, type CommandJob } from '#flow/answer-command'
import type { Permission } from '#flow/pull-request-port'
import { fakePull } from './fake-pull.ts'

const KEYS: MarkerKeys = [new TextEncoder().encode('a marker key of the tests')]

const job = (more: Partial<CommandJob> = {}): CommandJob => ({
  ...{ version: 1, kind: 'command', installation: 1, delivery: 'd', issue: 12, onPull: true },
  ...{ repository: { id: 7, owner: 'acme', name: 'shop', private: false } },
  ...{ commentId: 5, surface: 'conversation', login: 'dev', userId: 11, bot: false },
  command: { name: 'help' },
  ...more,
})

function stage(role: Permission = 'write') {
  const { world, pull } = fakePull()
  world.permissions = { dev: role }
  return { world, pull, answer: (one = job()) => answerCommand(pull, one, KEYS) }
}

test('help is one comment with every command and a reaction', async () => {
  const s = stage()
  await s.answer()
  expect(s.world.comments).toHaveLength(1)
  expect(s.world.comments[0]?.body).toContain('/tech-lead review')
  expect(s.world.reactions).toEqual(['rocket'])
})

test('the same comment is answered once, another one again', async () => {
  const s = stage()
  await s.answer()
  await s.answer()
  expect(s.world.comments).toHaveLength(1)
  await s.answer(job({ commentId: 6 }))
  await s.answer(job({ commentId: 5, surface: 'thread' }))
  expect(s.world.comments).toHaveLength(3)
})

test('an answer for another pull request does not count', async () => {
  const s = stage()
  const foreign = marker('answer', 'conversation-5', { repositoryId: 7, pull: 13 }, KEYS)
  s.world.comments.push({ id: 1, nodeId: 'N', body: foreign, state: 'submitted' })
  await s.answer()
  expect(s.world.writes).toEqual(['comment'])
})

test.each<Permission>(['read', 'none', 'unknown'])(
  'with %s permission there are no words',
  async (role) => {
    const s = stage(role)
    await s.answer()
    expect([s.world.reactions, s.world.writes, s.world.writers]).toEqual([['confused'], [], 0])
  },
)

test('a bot gets no words, whatever it may do', async () => {
  const s = stage('admin')
  await s.answer(job({ bot: true }))
  expect([s.world.reactions, s.world.writes]).toEqual([['confused'], []])
})

test('what a person wrote is quoted as code', async () => {
  const s = stage()
  const command = { name: 'unknown', word: '`@team` <img>', suggestion: null } as const
  await s.answer(job({ command }))
  expect(s.world.comments[0]?.body).toContain('`` `@team` <img> ``')
})

test('on a plain issue nothing is said', async () => {
  const s = stage()
  await s.answer(job({ onPull: false }))
  expect([s.world.reactions, s.world.writes]).toEqual([[], []])
})
