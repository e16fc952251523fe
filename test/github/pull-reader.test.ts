import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Stage, stage } from '../world/github/stage.ts'
import { createGitHubWorld, type GitHubWorld } from '../world/github/world.ts'
import { ours, problemFrom } from './reach.ts'

const FILES = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files'
const COMPARE = 'GET /repos/{owner}/{repo}/compare/{basehead}'

let world: GitHubWorld
let s: Stage
beforeAll(async () => {
  world = await createGitHubWorld()
  s = await stage(world)
})
afterEach(() => {
  world.faults.clear()
  world.journal.clear()
})
afterAll(() => world.stop())

const reader = (of: Stage = s) => ours(world, of.repository, of.pull.number).reader

async function snapshotOf(of: Stage) {
  const read = reader(of)
  await read.opening()
  return read.changes().snapshot()
}

describe('the opening', () => {
  test('says everything about the pull request in one question', async () => {
    world.journal.clear()
    const { state, threads, commented } = await reader().opening()
    expect(world.journal.calls()).toHaveLength(1)
    expect(state).toMatchObject({
      ...{ open: true, merged: false, draft: false, locked: false, fork: false },
      ...{ head: s.pull.head.sha, baseRef: 'main', authorLogin: 'dev', authorIsBot: false },
    })
    expect([threads, commented]).toEqual([[], false])
  })

  test('reads settings and memory from the default branch, links left out', async () => {
    const t = await stage(world)
    await world.push(t.repository, 'main', {
      files: {
        '.github/tech-lead.yml': 'review:\n  drafts: true\n',
        '.claude/agent-memory/integrations-tech-lead/MEMORY.md': '# Memory\n',
        '.claude/agent-memory/integrations-tech-lead/notes.txt': 'not markdown\n',
        '.claude/agent-memory/integrations-tech-lead/shop/eu/stripe.md': '# Stripe\n',
      },
    })
    const { trusted } = await reader(t).opening()
    expect(trusted.settings?.text).toBe('review:\n  drafts: true\n')
    expect(trusted.memory).toEqual([
      { path: 'MEMORY.md', text: '# Memory\n' },
      { path: 'shop/eu/stripe.md', text: '# Stripe\n' },
    ])
    expect(trusted.agent).toBeNull()
  })

  test('takes settings that are no text for settings all the same', async () => {
    const t = await stage(world)
    const utf16 = Buffer.from('model: { mode: off }\n', 'utf16le')
    await world.push(t.repository, 'main', { files: { '.github/tech-lead.yml': utf16 } })
    expect((await reader(t).opening()).trusted.settings).toEqual({
      ...{ path: '.github/tech-lead.yml', text: '' },
      unreadable: 'it is no text in UTF-8',
    })
  })

  test('never reads settings from the head of the change', async () => {
    const t = await stage(world)
    await world.push(t.repository, 'feature', {
      files: { '.github/tech-lead.yml': 'review:\n  outsiders: auto\n' },
    })
    expect((await reader(t).opening()).trusted.settings).toBeNull()
  })

  test('gives a bot the login that its permissions are asked for by', async () => {
    const t = await stage(world)
    world.user('helper[bot]', 'Bot')
    await world.push(t.repository, 'bump', { files: { 'a.ts': 'a\n' } })
    const pull = await world.openPullRequest({
      ...{ repository: t.repository, head: 'bump', title: 'Bump', author: 'helper[bot]' },
    })
    const { state } = await ours(world, t.repository, pull.number).reader.opening()
    expect([state.authorLogin, state.authorIsBot]).toEqual(['helper[bot]', true])
  })

  test('knows whether we have spoken in the conversation', async () => {
    const t = await stage(world)
    world.comment(t.repository, t.pull.number, 'dev', 'hello')
    expect((await reader(t).opening()).commented).toBe(false)
    const writer = await ours(world, t.repository, t.pull.number).writer()
    await writer.createComment('summary')
    expect((await reader(t).opening()).commented).toBe(true)
  })

  test('finds every thread of ours beyond the first hundred, and none of other people', async () => {
    const t = await stage(world)
    const writer = await ours(world, t.repository, t.pull.number).writer()
    const comment = { path: 'src/new.ts', side: 'RIGHT', line: 1, startLine: null } as const
    const comments = Array.from({ length: 60 }, (_, i) => ({ ...comment, body: `finding ${i}` }))
    const headSha = t.pull.head.sha
    await writer.postReview({ headSha, body: 'one', comments })
    await world.review(t.repository, t.pull, 'dev', {
      comments: [{ path: 'src/new.ts', side: 'RIGHT', line: 2, body: 'a person' }],
    })
    await writer.postReview({ headSha, body: 'two', comments })
    const { threads } = await reader(t).opening()
    expect([
      threads.length,
      await reader(t)
        .ownThreads()
        .then((own) => own.length),
    ]).toEqual([120, 120])
  })

  test('sees who answered and what was resolved', async () => {
    const t = await stage(world)
    const writer = await ours(world, t.repository, t.pull.number).writer()
    const at = { path: 'src/new.ts', side: 'RIGHT', startLine: null } as const
    await writer.postReview({
      headSha: t.pull.head.sha,
      body: 'one',
      comments: [
        { ...at, line: 1, body: 'a' },
        { ...at, line: 2, body: 'b' },
      ],
    })
    const [first, second] = world.threads(t.pull)
    if (first) await world.reply(t.repository, t.pull, first, 'dev', "won't fix")
    if (second) await world.resolve(t.repository, t.pull, second, 'dev')
    const { threads } = await reader(t).opening()
    expect(threads.map(({ body, answered, resolved }) => [body, answered, resolved])).toEqual([
      ['a', true, false],
      ['b', false, true],
    ])
  })

  test('sees what others said on lines of the head, and not what the author said or what is settled', async () => {
    const t = await stage(world)
    const at = { path: 'src/new.ts', side: 'RIGHT' } as const
    const say = (by: string, line: number, body: string) =>
      world.review(t.repository, t.pull, by, { comments: [{ ...at, line, body }] })
    await say('mallory', 1, 'No timeout here.')
    await say('mallory', 2, 'Settled.')
    await say(t.pull.author.login, 1, 'Nothing to see.')
    const settled = world.threads(t.pull)[1]
    if (settled) await world.resolve(t.repository, t.pull, settled, 'mallory')
    const { others } = await reader(t).opening()
    expect(others).toEqual([
      { ...at, author: 'mallory', startLine: 1, line: 1, body: 'No timeout here.' },
    ])
  })

  test('of a pull request that does not exist says that it is gone', async () => {
    const missing = ours(world, s.repository, 99_999).reader
    expect(await problemFrom(missing.opening())).toMatchObject({ kind: 'gone' })
  })
})

describe('the snapshot', () => {
  test('of a small change is one comparison of two named commits', async () => {
    const { files, head, totalFiles } = await snapshotOf(s)
    expect(head).toBe(s.pull.head.sha)
    expect(files.map(({ path, change }) => [path, change])).toEqual([
      ['src/new.ts', 'added'],
      ['src/pay.ts', 'modified'],
    ])
    expect(totalFiles).toBe(2)
    expect([world.journal.requests(FILES).length, world.journal.requests(COMPARE).length]).toEqual([
      0, 1,
    ])
  })

  test('has the hunks that GitHub shows, in both ways of reading', async () => {
    const compared = await snapshotOf(s)
    world.fault(COMPARE, {
      ...{ kind: 'status', status: 200 },
      body: { merge_base_commit: { sha: compared.base }, files: [] },
    })
    const listed = await snapshotOf(s)
    expect(world.journal.requests(FILES)).toHaveLength(1)
    expect(listed.files).toEqual(compared.files)
  })

  test('of a head that merged its base shows the change alone', async () => {
    const t = await stage(world)
    await world.push(t.repository, 'main', { files: { 'other.ts': 'from main\n' } })
    const main = await t.repository.git.resolve('refs/heads/main')
    await world.push(t.repository, 'feature', {
      ...{ from: main ?? '', force: true, files: { 'src/new.ts': 'a\nb\n' } },
    })
    const { files, base } = await snapshotOf(t)
    expect(files.map((file) => file.path)).toEqual(['src/new.ts'])
    expect(base).toBe(main)
    // By its branch: the sha that a pull request knows of its base stays behind.
    expect(world.journal.requests(COMPARE)[0]?.path).toContain('/compare/main...')
  })

  test('of a list that moved under the reader starts over later', async () => {
    const t = await stage(world)
    world.fault(COMPARE, {
      ...{ kind: 'status', status: 200 },
      body: { merge_base_commit: { sha: 'b'.repeat(40) }, files: [] },
    })
    world.fault(FILES, {
      kind: 'meanwhile',
      run: () => world.push(t.repository, 'feature', { files: { 'late.ts': 'x\n' } }),
    })
    expect(await problemFrom(snapshotOf(t))).toMatchObject({
      ...{ code: 'pull.moved', kind: 'retry', retryAfterMs: 0 },
    })
  })

  test('of more than a hundred files is read page by page, each once', async () => {
    const t = await stage(world)
    const many = Object.fromEntries(Array.from({ length: 230 }, (_, i) => [`f/${i}.ts`, 'x\n']))
    await world.push(t.repository, 'feature', { files: many })
    const { files, totalFiles } = await snapshotOf(t)
    expect([files.length, new Set(files.map(({ path }) => path)).size, totalFiles]).toEqual([
      232, 232, 232,
    ])
    expect(world.journal.requests(FILES)).toHaveLength(3)
  })

  test('beyond 3,000 files knows how many there are in truth', async () => {
    const full = (page: number) =>
      Array.from({ length: 100 }, (_, i) => ({
        ...{
          filename: `f/${page}-${i}.ts`,
          status: 'added',
          patch: '@@ -0,0 +1 @@\n+x',
          changes: 1,
        },
      }))
    world.fault(COMPARE, {
      ...{ kind: 'status', status: 200 },
      body: { merge_base_commit: { sha: 'b'.repeat(40) } },
    })
    for (let page = 1; page <= 31; page += 1) {
      world.fault(FILES, { kind: 'status', status: 200, body: full(page) })
    }
    const { files } = await snapshotOf(s)
    expect(files).toHaveLength(3_000)
    expect(world.journal.requests(FILES)).toHaveLength(30)
  })
})

describe('a changed file', () => {
  const describeFile = async (file: object) => {
    world.fault(COMPARE, {
      ...{ kind: 'status', status: 200 },
      body: {
        merge_base_commit: { sha: 'b'.repeat(40) },
        files: [
          { filename: 'x.ts', status: 'modified', changes: 0, ...file },
          { filename: 'y.ts', status: 'added', changes: 0 },
        ],
      },
    })
    const { files } = await snapshotOf(s)
    return files[0]
  }
  test.each<[string, object, object]>([
    ['too large for a patch', { changes: 25_000 }, { content: 'missing', hunks: [] }],
    ['binary', { changes: 0 }, { content: 'binary' }],
    [
      'only renamed',
      { status: 'renamed', previous_filename: 'old.ts' },
      { change: 'renamed', previousPath: 'old.ts', content: 'text' },
    ],
    [
      'copied',
      { status: 'copied', previous_filename: 'old.ts' },
      { change: 'added', previousPath: null },
    ],
    [
      'removed',
      { status: 'removed', changes: 1, patch: '@@ -1 +0,0 @@\n-x' },
      { change: 'removed' },
    ],
    ['of an unknown kind', { status: 'changed' }, { change: 'modified' }],
    [
      'with a patch that is none',
      { changes: 3, patch: 'surprise' },
      { content: 'unreadable', hunks: [] },
    ],
  ])('%s is told apart', async (_, file, expected) => {
    expect(await describeFile(file)).toMatchObject(expected)
  })
})

describe('the contents', () => {
  test('of many files are one question, at the pinned commit', async () => {
    const { contents } = await snapshotOf(s)
    world.journal.clear()
    const read = await contents.read(['src/new.ts', 'src/pay.ts', 'nowhere.ts'], 'head')
    expect(read.get('src/new.ts')).toEqual({ kind: 'text', text: 'a\nb\n' })
    expect(read.get('nowhere.ts')).toEqual({ kind: 'missing' })
    // The tree was asked for together with the comparison.
    expect(world.journal.calls()).toHaveLength(1)
    await contents.read(['src/new.ts'], 'head')
    expect(world.journal.calls()).toHaveLength(1)
  })

  test.each<[string, string | Buffer, string]>([
    ['an LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n', 'Git LFS'],
    ['a binary file', Buffer.from([0, 1, 2, 255, 0]), 'binary'],
    ['a file over a megabyte', 'x'.repeat(1_000_001), '1000001 bytes'],
  ])('of %s say what it is', async (_, text, because) => {
    const t = await stage(world)
    await world.push(t.repository, 'feature', { files: { 'odd.bin': text } })
    const { contents } = await snapshotOf(t)
    const read = (await contents.read(['odd.bin'], 'head')).get('odd.bin')
    expect(read).toMatchObject({ kind: 'refused', because: expect.stringContaining(because) })
  })

  test('of a cut listing never claim that a file does not exist', async () => {
    world.fault('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      ...{ kind: 'status', status: 200, body: { truncated: true, tree: [] } },
    })
    const { contents } = await snapshotOf(s)
    const read = await contents.read(['src/new.ts'], 'head')
    expect(read.get('src/new.ts')).toMatchObject({ kind: 'refused' })
    expect((await contents.list('head')).complete).toBe(false)
  })

  test('are found on the next try after a listing that failed', async () => {
    const route = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}'
    world.fault(route, { kind: 'status', status: 503 }, 100)
    const { contents } = await snapshotOf(s)
    expect(await problemFrom(contents.list('head'))).toMatchObject({ code: 'github.unreachable' })
    world.faults.clear()
    expect((await contents.list('head')).paths).toContain('src/new.ts')
  })

  test('refuse links and submodules by their mode', async () => {
    const entry = { size: 3, sha: 'c'.repeat(40) }
    const tree = [
      { ...entry, path: 'link', mode: '120000', type: 'blob' },
      { ...entry, path: 'module', mode: '160000', type: 'commit' },
      { ...entry, path: 'folder', mode: '040000', type: 'tree' },
    ]
    world.fault('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      ...{ kind: 'status', status: 200, body: { truncated: false, tree } },
    })
    const { contents } = await snapshotOf(s)
    const read = await contents.read(['link', 'module', 'folder'], 'head')
    expect([...read.values()].map((one) => one.kind)).toEqual(['refused', 'refused', 'refused'])
    expect((await contents.list('head')).paths).toEqual([])
  })
})

describe('a permission', () => {
  const ROUTE = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission'
  test.each([
    ['dev', 'write'],
    ['maintainer', 'write'],
    ['reader', 'read'],
    ['acme-1', 'admin'],
    ['DEV', 'write'],
  ])('of %s is %s', async (login, expected) => {
    world.setRole(s.repository, 'acme-1', 'admin')
    expect(await reader().permission(login)).toBe(expected)
  })
  test('of an account that GitHub does not know is none', async () => {
    expect(await reader().permission('nobody-here')).toBe('none')
  })
  test.each([
    [500, 'unanswered'],
    [403, 'unknown'],
  ])('after a %i is %s, never granted', async (status, expected) => {
    world.fault(ROUTE, { kind: 'status', status }, 9)
    expect(await reader().permission('dev')).toBe(expected)
  })
  test('is asked for later where GitHub asks to wait', async () => {
    world.fault(ROUTE, { kind: 'status', status: 429 }, 9)
    await expect(reader().permission('dev')).rejects.toMatchObject({ code: 'github.rate-limited' })
  })
  test('of a kind that is new to us is none', async () => {
    world.fault(ROUTE, { kind: 'status', status: 200, body: { permission: 'superuser' } })
    expect(await reader().permission('dev')).toBe('none')
  })
})

describe('the state', () => {
  const ROUTE = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
  const body = (more: object) => ({
    ...{ state: 'open', merged: false, locked: false, user: null, merge_commit_sha: null },
    head: { sha: 'a', repo: null },
    base: { ref: 'main', sha: 'b', repo: { id: 7 } },
    ...more,
  })
  test('of a deleted fork by a deleted account is that of a stranger', async () => {
    world.fault(ROUTE, { kind: 'status', status: 200, body: body({}) })
    expect(await reader().state()).toMatchObject({
      ...{ fork: true, authorId: null, authorLogin: 'ghost', draft: false, mergeCommit: null },
    })
  })
  test('has a merge commit only once it is merged', async () => {
    world.fault(ROUTE, { kind: 'status', status: 200, body: body({ merge_commit_sha: 'test' }) })
    expect((await reader().state()).mergeCommit).toBeNull()
  })
})

test('the reader uses one token that can write nothing, for this repository only', async () => {
  await snapshotOf(s)
  await reader().ownReviews()
  await reader().ownComments()
  for (const { caller } of world.journal.calls()) {
    if (caller.kind !== 'installation') throw new Error(`asked as ${caller.kind}`)
    expect(Object.values(caller.permissions)).not.toContain('write')
    expect(caller.repositoryIds).toEqual([s.repository.id])
  }
})
