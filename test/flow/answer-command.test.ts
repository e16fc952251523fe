import { describe, expect, test } from 'vitest'
import { Problem } from '#core/problem'
import { marker } from '#core/render/marker'
import type { Permission } from '#flow/pull-request-port'
import {
  answeringStage,
  given,
  commandJob as job,
  SECRET,
  STAGE_KEYS,
} from '../support/answering-stage.ts'
import { HEAD } from './fake-pull.ts'

const stage = (role: Permission = 'write', files: Readonly<Record<string, string>> = {}) =>
  answeringStage({ role, files })

test('help is one comment with every command and a reaction', async () => {
  const s = stage()
  await s.answer()
  expect(s.world.comments).toHaveLength(1)
  expect(s.world.comments[0]?.body).toContain('/tech-lead review')
  expect(s.world.reactions).toEqual(['eyes', 'rocket'])
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
  const foreign = marker('answer', 'conversation-5', { repositoryId: 7, pull: 13 }, STAGE_KEYS)
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

test('the matrix is a table of what protects the touched calls, and what is said of a file is no markdown', async () => {
  const code = [
    'export async function push(parcel) {',
    "  return fetch('https://api.carrier.io/v1/parcels', { method: 'POST', body: parcel })",
    '}',
  ].join('\n')
  const s = stage('write', { 'src/`@team`.ts': code })
  await s.answer(job({ command: given('matrix') }))
  const [answer] = s.world.comments
  expect(answer?.body).toContain(`At \`${HEAD.slice(0, 12)}\` this pull request touches 1 call`)
  expect(answer?.body).toContain('| `fetch` (new)<br>``src/`@team`.ts:2`` | ❌ |')
  expect(s.world.reactions).toEqual(['eyes', 'rocket'])
})

test('a secret of the process is not posted, even where a file is called after it', async () => {
  const code = "export const pull = () => fetch('https://api.crm.io/contacts')"
  const s = stage('write', { [`src/${SECRET}.ts`]: code })
  await s.answer(job({ command: given('matrix') }))
  expect(s.world.comments[0]?.body).toContain('touches 1 call')
  expect(s.world.comments[0]?.body).not.toContain(SECRET)
})

test('where nothing is touched the matrix says so in a line', async () => {
  const s = stage('write', { 'README.md': '# hi' })
  await s.answer(job({ command: given('matrix') }))
  expect(s.world.comments[0]?.body).toContain('touches no call to another system')
})

test('on a plain issue help names what works there', async () => {
  const s = stage()
  await s.answer(job({ onPull: false }))
  expect(s.world.comments[0]?.body).toContain('in a comment on an issue')
})

test('pause is kept with the name of who asked, resume lets go, and each says what follows', async () => {
  const s = stage()
  await s.answer(job({ command: given('pause') }))
  expect(s.state.pauses.get('1/7#12')).toMatchObject({ paused: true, by: 'dev' })
  await s.answer(job({ commentId: 6, command: given('resume') }))
  expect(s.state.pauses.get('1/7#12')).toMatchObject({ paused: false, by: 'dev' })
  await s.answer(job({ commentId: 7, command: given('resume') }))
  expect(s.world.comments.map(({ body }) => body.split(/[.:]/)[0])).toEqual([
    'Paused',
    'Automatic reviews go on with the next push',
    'Automatic reviews go on with the next push',
  ])
})

test('a command that was misunderstood is answered, and the reaction is a doubt', async () => {
  const s = stage()
  await s.answer(job({ command: { name: 'misused', of: 'review' } }))
  await s.answer(job({ commentId: 6, command: { name: 'misplaced', of: 'review', on: 'closed' } }))
  expect(s.world.comments.map(({ body }) => body.split('.')[0])).toEqual([
    'This is written `/tech-lead review [full]`',
    '`/tech-lead review` works on open pull requests, and this one is closed',
  ])
  expect(s.world.reactions).toEqual(['eyes', 'confused', 'eyes', 'confused'])
})

test('what was frozen before a crash is posted as it was, and nothing is made anew', async () => {
  const s = stage()
  s.world.before = (write) => {
    if (write === 'comment') throw new Problem('github.unreachable', 'retry', 'GitHub is away')
    return undefined
  }
  await expect(s.answer()).rejects.toThrow('GitHub is away')
  s.world.before = () => undefined
  await s.answer(job({ command: given('resume') }))
  expect(s.world.comments).toHaveLength(1)
  expect(s.world.comments[0]?.body).toContain('in a comment is a command:')
  expect(s.world.comments[0]?.body).not.toContain('Automatic reviews go on')
})

describe('a flood of commands', () => {
  test('is told once, and the rest gets a reaction alone', async () => {
    const s = stage()
    s.state.allowing.push('granted', 'tell', 'silent')
    for (const commentId of [5, 6, 7]) await s.answer(job({ commentId }))
    expect(s.world.comments.map(({ body }) => body.split('.')[0])).toEqual([
      'A line that starts with `/tech-lead` in a comment is a command:\n\n- `/tech-lead review [full]`: Review the whole pull request again; `full` is understood and means the same',
      'That is more than can be done at once here',
    ])
    expect(s.world.reactions).toEqual(['eyes', 'rocket', 'confused', 'confused'])
  })

  test('of what is no command is helped once in an hour, without another word', async () => {
    const s = stage()
    s.state.allowing.push('granted', 'tell')
    const command = { name: 'unknown', word: 'reveiw', suggestion: null } as const
    for (const commentId of [5, 6]) await s.answer(job({ commentId, command }))
    expect(s.world.comments).toHaveLength(1)
    expect(s.state.taken).toContain('help 1/7 11')
  })

  test('does not count what is tried again after a crash', async () => {
    const s = stage()
    await s.answer()
    s.state.allowing.push('silent')
    await s.answer()
    expect(s.world.reactions).toEqual(['eyes', 'rocket', 'eyes', 'rocket'])
  })
})
