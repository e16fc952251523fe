import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, repositoryClient } from './client.ts'
import { findAnchor, moveLine, parseHunks } from './git/hunks.ts'
import { numbered, stage } from './stage.ts'
import type { Repository } from './state.ts'
import { createGitHubWorld, type GitHubWorld } from './world.ts'

let world: GitHubWorld
beforeAll(async () => {
  world = await createGitHubWorld()
})
afterAll(() => world.stop())

async function filesOf(
  repository: Repository,
  pull_number: number,
): Promise<Record<string, unknown>[]> {
  const client = await repositoryClient(world, repository)
  return client.paginate(client.rest.pulls.listFiles, {
    ...at(repository),
    pull_number,
    per_page: 100,
  })
}

describe('the files of a pull request', () => {
  test('a patch is what git prints, without its headers', async () => {
    const { repository, pull, target } = await stage(world)
    const files = await filesOf(repository, target.pull_number)
    const printed = await repository.git.run([
      'diff',
      pull.base.sha,
      pull.head.sha,
      '--',
      'src/pay.ts',
    ])
    const expected = printed.slice(printed.indexOf('@@ ')).replace(/\n$/, '')
    expect(files.find((each) => each['filename'] === 'src/pay.ts')).toMatchObject({
      status: 'modified',
      additions: 2,
      deletions: 2,
      changes: 4,
      patch: expected,
    })
  })

  test('added, removed, renamed, binary and mode-only files look as on GitHub', async () => {
    const repository = await world.createRepository({
      owner: 'shapes',
      name: 'shop',
      files: {
        'gone.ts': 'x\n',
        'old name.ts': numbered(),
        'old.ts': numbered({ 1: 'other\n' }),
        'pic.png': Buffer.from([0, 1, 2, 3]),
        'run.sh': 'echo\n',
        'no-end.txt': 'a',
      },
    })
    await world.push(repository, 'feature', {
      renames: { 'old name.ts': 'new name.ts', 'old.ts': 'moved.ts' },
      files: {
        'gone.ts': null,
        'moved.ts': numbered({ 1: 'other\n', 20: 'twenty\n' }),
        'pic.png': Buffer.from([0, 9, 9, 9]),
        'run.sh': { content: 'echo\n', mode: '100755' },
        'no-end.txt': 'b',
        'ünï "q".ts': 'fresh\n',
      },
    })
    const pull = await world.openPullRequest({ repository, head: 'feature', title: 'x' })
    const files = await filesOf(repository, pull.number)
    const seen = Object.fromEntries(files.map((each) => [each['filename'], each]))
    const gone = await repository.git.run(['rev-parse', 'main:gone.ts'])
    expect(seen['gone.ts']).toMatchObject({ status: 'removed', deletions: 1, sha: gone.trim() })
    expect(seen['new name.ts']).toMatchObject({
      status: 'renamed',
      previous_filename: 'old name.ts',
      changes: 0,
    })
    expect(seen['new name.ts']).not.toHaveProperty('patch')
    expect(seen['moved.ts']).toMatchObject({
      status: 'renamed',
      previous_filename: 'old.ts',
      changes: 2,
    })
    expect(seen['moved.ts']).toHaveProperty('patch')
    expect(seen['pic.png']).toMatchObject({ status: 'modified', changes: 0 })
    expect(seen['pic.png']).not.toHaveProperty('patch')
    expect(seen['run.sh']).not.toHaveProperty('patch')
    expect(seen['no-end.txt']?.['patch']).toBe(
      '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file',
    )
    expect(seen['ünï "q".ts']).toMatchObject({ status: 'added', patch: '@@ -0,0 +1 @@\n+fresh' })
  })

  test('a line that looks like a diff header stays inside its own file', async () => {
    const repository = await world.createRepository({ owner: 'tricks', name: 'shop' })
    const text = 'diff --git a/x b/x\r@@ -1 +1 @@\n@@ -9,9 +9,9 @@\n'
    await world.push(repository, 'feature', { files: { 'a.txt': text, 'b.txt': 'b\n' } })
    const pull = await world.openPullRequest({ repository, head: 'feature', title: 'x' })
    const files = await filesOf(repository, pull.number)
    expect(files.map((each) => [each['filename'], each['additions']])).toEqual([
      ['a.txt', 2],
      ['b.txt', 1],
    ])
    expect(files[1]?.['patch']).toBe('@@ -0,0 +1 @@\n+b')
  })

  test('a file with a huge diff has no patch but keeps its counts', async () => {
    const repository = await world.createRepository({ owner: 'huge', name: 'shop' })
    await world.push(repository, 'feature', { files: { 'big.txt': 'x\n'.repeat(20_001) } })
    const pull = await world.openPullRequest({ repository, head: 'feature', title: 'x' })
    const [file] = await filesOf(repository, pull.number)
    expect(file).toMatchObject({ additions: 20_001 })
    expect(file).not.toHaveProperty('patch')
  })

  test('the list stops at 3,000 files while the pull request tells the true count', async () => {
    const repository = await world.createRepository({ owner: 'many', name: 'shop' })
    const files = Object.fromEntries(
      Array.from({ length: 3005 }, (_, n) => [`f/${n}.txt`, `${n}\n`]),
    )
    await world.push(repository, 'feature', { files })
    const pull = await world.openPullRequest({ repository, head: 'feature', title: 'x' })
    const client = await repositoryClient(world, repository)
    const target = { ...at(repository), pull_number: pull.number }
    expect((await client.rest.pulls.get(target)).data.changed_files).toBe(3005)
    const first = await client.rest.pulls.listFiles(target)
    expect(first.data).toHaveLength(30)
    expect(first.headers.link).toContain('rel="next"')
    const last = await client.rest.pulls.listFiles({ ...target, per_page: 100, page: 30 })
    expect(last.data).toHaveLength(100)
    expect(last.headers.link).not.toContain('rel="next"')
    expect(
      (await client.rest.pulls.listFiles({ ...target, per_page: 100, page: 31 })).data,
    ).toEqual([])
  }, 30_000)

  test('the base moving on does not enter the diff', async () => {
    const { repository, target } = await stage(world)
    await world.push(repository, 'main', { files: { 'other.ts': 'x\n' } })
    await world.push(repository, 'feature', { files: { 'more.ts': 'y\n' } })
    const names = (await filesOf(repository, target.pull_number)).map((each) => each['filename'])
    expect(names).toEqual(['more.ts', 'src/new.ts', 'src/pay.ts'])
  })
})

describe('branches', () => {
  test('a merge makes a real merge commit on the base branch', async () => {
    const { repository, pull } = await stage(world)
    const commit = await world.merge(repository, pull, 'maintainer')
    const parents = await repository.git.run(['rev-list', '--parents', '-1', 'main'])
    expect(parents.trim()).toBe(`${commit} ${pull.base.sha} ${pull.head.sha}`)
    expect(await repository.git.run(['show', 'main:src/new.ts'])).toBe('a\nb\n')
  })

  test('a conflict cannot be merged and the pull request says so', async () => {
    const { repository, pull, client, target } = await stage(world)
    await world.push(repository, 'main', { files: { 'src/pay.ts': numbered({ 10: 'TEN\n' }) } })
    await world.push(repository, 'feature', { files: { 'x.ts': 'x\n' } })
    expect((await client.rest.pulls.get(target)).data).toMatchObject({
      mergeable: false,
      mergeable_state: 'dirty',
    })
    await expect(world.merge(repository, pull)).rejects.toThrow('conflicts')
  })

  test('a force-push moves the head and keeps the ref of the pull request on it', async () => {
    const { repository, pull } = await stage(world)
    const before = pull.head.sha
    const after = await world.push(repository, 'feature', {
      force: true,
      from: 'main',
      files: { 'z.ts': 'z\n' },
    })
    expect(pull.head.sha).toBe(after)
    expect(await repository.git.isAncestor(before, after)).toBe(false)
    expect((await repository.git.run(['rev-parse', 'refs/pull/1/head'])).trim()).toBe(after)
    expect(await repository.git.resolve(before)).toBe(before)
  })

  test('the head of a fork is read through the base repository', async () => {
    const { repository } = await stage(world)
    const fork = await world.fork(repository, 'stranger')
    const head = await world.push(fork, 'patch', {
      files: { 'fork.ts': 'f\n' },
      author: 'stranger',
    })
    const pull = await world.openPullRequest({
      repository,
      fork,
      head: 'patch',
      title: 'x',
      author: 'stranger',
    })
    const client = await repositoryClient(world, repository)
    const { data } = await client.rest.pulls.get({ ...at(repository), pull_number: pull.number })
    expect(data.head).toMatchObject({ sha: head, label: 'stranger:patch' })
    expect(data.head.repo?.fork).toBe(true)
    const content = await client.rest.repos.getContent({
      ...at(repository),
      path: 'fork.ts',
      ref: head,
    })
    expect(content.data).toMatchObject({ content: Buffer.from('f\n').toString('base64') })
  })
})

describe('lines', () => {
  const patch =
    '@@ -7,3 +7,3 @@ head\n seven\n-eight\n+EIGHT\n nine\n@@ -20,1 +20,2 @@\n twenty\n+more'

  test('each line of a hunk has its number on each side and its position below the first header', () => {
    const lines = parseHunks(patch).flatMap((each) => each.lines)
    expect(lines.map((each) => [each.mark, each.oldLine, each.newLine, each.position])).toEqual([
      [' ', 7, 7, 1],
      ['-', 8, null, 2],
      ['+', null, 8, 3],
      [' ', 9, 9, 4],
      [' ', 20, 20, 6],
      ['+', null, 21, 7],
    ])
  })

  test('a deleted line can be commented on the left side only', () => {
    const onLeft = { line: 8, side: 'LEFT', startLine: null, startSide: null } as const
    expect(findAnchor(parseHunks(patch), onLeft)).toMatchObject({ ok: true, position: 2 })
    const shorter = parseHunks('@@ -1,2 +1 @@\n a\n-b')
    const right = { line: 2, side: 'RIGHT', startLine: null, startSide: null } as const
    expect(findAnchor(shorter, right)).toEqual({ ok: false, because: 'line' })
  })

  test('a line follows the changes above it and is lost when it changes itself', () => {
    const hunks = parseHunks(
      '@@ -0,0 +1,2 @@\n+new\n+new\n@@ -5 +7 @@\n-five\n+FIVE\n@@ -9,2 +10,0 @@\n-nine\n-ten',
    )
    expect([1, 4, 5, 6, 9, 11].map((line) => moveLine(hunks, line))).toEqual([
      3,
      6,
      null,
      8,
      null,
      11,
    ])
  })

  test('the counts of a hunk header agree with the lines read from it', async () => {
    const repository = await world.createRepository({
      owner: 'random',
      name: 'shop',
      files: { a: '' },
    })
    const text = fc.array(fc.constantFrom('a', 'b', ' c', '-d', '+e', '@@', ''), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        const commit = (branch: string, parent: string | null, lines: string[]): Promise<string> =>
          repository.git.commit({
            branch,
            parent,
            files: { a: lines.join('\n') },
            message: branch,
            author: { name: 'a', email: 'a@example.com' },
            at: 1_000_000,
          })
        const base = await commit('base', null, before)
        const head = await commit('head', base, after)
        const [file] = await repository.git.diff(base, head)
        for (const hunk of parseHunks(file?.patch ?? '')) {
          const [, old = '1', now = '1'] =
            /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(hunk.header) ?? []
          expect(hunk.lines.filter((each) => each.oldLine !== null)).toHaveLength(Number(old))
          expect(hunk.lines.filter((each) => each.newLine !== null)).toHaveLength(Number(now))
        }
      }),
      { numRuns: 20 },
    )
  }, 30_000)
})
