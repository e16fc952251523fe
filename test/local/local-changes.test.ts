import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Problem } from '#core/problem'
import type { Snapshot } from '#flow/ports'
import { createLocalChanges, type LocalChanges, type LocalRange } from '#local/local-changes'
import {
  copyOfRepository,
  createGitRepository,
  type GitRepository,
} from '../support/git-repository.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

function repository(...args: string[]): GitRepository {
  const repo = createGitRepository(...args)
  cleanups.push(repo.dispose)
  return repo
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tech-lead-test-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function changes(range: Partial<LocalRange> & { directory: string }): LocalChanges {
  const local = createLocalChanges({ base: null, head: null, staged: false, ...range })
  cleanups.push(() => local.close())
  return local
}

const snapshot = (range: Partial<LocalRange> & { directory: string }): Promise<Snapshot> =>
  changes(range).snapshot()

async function problem(range: Partial<LocalRange> & { directory: string }): Promise<Problem> {
  return snapshot(range).then(
    () => expect.fail('no problem was thrown'),
    (error: Problem) => error,
  )
}

interface Feature {
  readonly repo: GitRepository
  readonly base: string
  readonly head: string
}

let feature: Feature | null = null
afterAll(() => feature?.repo.dispose())

/** One commit on main, then a branch with a second commit. */
function withFeature(): Feature {
  feature ??= createFeature()
  const repo = copyOfRepository(feature.repo)
  cleanups.push(repo.dispose)
  // The index of a copy knows nothing of its files yet: after this it is as git leaves it.
  repo.git('update-index', '-q', '--refresh')
  return { ...feature, repo }
}

function createFeature(): Feature {
  const repo = createGitRepository()
  repo.write('src/pay.ts', 'one\ntwo\nthree\n')
  const base = repo.commit('first')
  repo.branch('feature/pay')
  repo.write('src/pay.ts', 'one\nTWO\nthree\n')
  const head = repo.commit('feat: pay\n\nIt pays.')
  return { repo, base, head }
}

describe('bad input is one clear sentence', () => {
  test('a folder that does not exist', async () => {
    const { message, code } = await problem({ directory: '/nonexistent/here' })
    expect({ message, code }).toEqual({
      code: 'git.no-such-folder',
      message: 'There is no folder /nonexistent/here.',
    })
  })

  test('a file instead of a folder', async () => {
    const { repo } = withFeature()
    const path = join(repo.directory, 'src/pay.ts')
    expect((await problem({ directory: path })).message).toBe(`${path} is not a folder.`)
  })

  test('a folder without a repository', async () => {
    const directory = temporary()
    const { message, code } = await problem({ directory })
    expect(code).toBe('git.not-a-repository')
    expect(message).toBe(`${directory} is not a git repository.`)
  })

  test('a repository without a commit', async () => {
    const { message, code } = await problem({ directory: repository().directory })
    expect(code).toBe('git.empty-repository')
    expect(message).toBe('The repository has no commit yet, so there is nothing to compare with.')
  })

  test('an unknown ref, with the name that was meant', async () => {
    const { repo } = withFeature()
    const { message, code } = await problem({ directory: repo.directory, head: 'feature/pya' })
    expect(code).toBe('git.unknown-ref')
    expect(message).toBe('Unknown git ref "feature/pya". Did you mean "feature/pay"?')
  })

  test('an unknown ref that is close to nothing', async () => {
    const { repo } = withFeature()
    const { message } = await problem({ directory: repo.directory, base: 'zzzzzz' })
    expect(message).toBe('Unknown git ref "zzzzzz".')
  })

  test('a blob instead of a commit', async () => {
    const { repo } = withFeature()
    const blob = repo.git('rev-parse', 'HEAD:src/pay.ts')
    expect((await problem({ directory: repo.directory, head: blob })).code).toBe('git.unknown-ref')
  })

  test.each([
    '--output=/tmp/x',
    '-h',
    'main\nHEAD',
    'HEAD:src/pay.ts',
    ':/first',
    'HEAD^{/first}',
    '',
    ' ',
    'a\u0000b',
    'x'.repeat(300),
  ])('%j is no ref and never reaches git', async (ref) => {
    const { repo } = withFeature()
    expect((await problem({ directory: repo.directory, base: ref })).code).toBe('git.bad-ref')
  })

  test('a range instead of a ref', async () => {
    const { repo } = withFeature()
    const { message } = await problem({ directory: repo.directory, base: 'main..feature/pay' })
    expect(message).toBe('"main..feature/pay" is a range; give its ends as --base and --head.')
  })

  test('branches without a common ancestor', async () => {
    const { repo } = withFeature()
    repo.git('checkout', '--quiet', '--orphan', 'island')
    repo.commit('alone')
    const { message, code } = await problem({ directory: repo.directory, head: 'island' })
    expect(code).toBe('git.unrelated')
    expect(message).toBe(
      'main and island have no common ancestor, so there is no change from one to the other.',
    )
  })

  test('a shallow clone that was cut before the merge base', async () => {
    const { repo } = withFeature()
    repo.git('checkout', '--quiet', 'main')
    repo.commit('second on main')
    const clone = temporary()
    repo.git(
      'clone',
      '--quiet',
      '--depth=1',
      '--no-single-branch',
      `file://${repo.directory}`,
      clone,
    )
    const { message, code } = await problem({ directory: clone, head: 'origin/feature/pay' })
    expect(code).toBe('git.shallow')
    expect(message).toBe(
      'The clone is shallow and holds no common ancestor of origin/main and origin/feature/pay: ' +
        'git fetch --unshallow (in actions/checkout, fetch-depth: 0).',
    )
  })

  test('a partial clone that lacks the contents of the change', async () => {
    const { repo } = withFeature()
    repo.git('config', 'uploadpack.allowFilter', 'true')
    const clone = temporary()
    const from = `file://${repo.directory}`
    repo.git('clone', '--quiet', '--no-checkout', '--filter=blob:none', from, clone)
    const { message } = await problem({ directory: clone, base: 'origin/main', head: 'HEAD' })
    expect(message).toBe('This clone lacks contents of the change: clone again without --filter.')
  })

  test('a repository that does not tell its default branch', async () => {
    const repo = repository('--initial-branch=one')
    repo.commit('first')
    repo.branch('two')
    repo.commit('second')
    expect((await problem({ directory: repo.directory })).message).toBe(
      'Cannot tell the default branch of this repository: give --base.',
    )
  })

  test('an index with conflicts', async () => {
    const { repo } = withFeature()
    repo.git('checkout', '--quiet', 'main')
    repo.write('src/pay.ts', 'one\nZWEI\nthree\n')
    repo.commit('conflicting')
    expect(() => repo.git('merge', 'feature/pay')).toThrow()
    const { message } = await problem({ directory: repo.directory, staged: true })
    expect(message).toBe('The index has unresolved conflicts: src/pay.ts.')
    const worktree = await snapshot({ directory: repo.directory })
    expect(worktree.files.map(({ path }) => path)).toEqual(['src/pay.ts'])
  })

  test('the index of a bare repository', async () => {
    const { repo } = withFeature()
    const bare = temporary()
    repo.git('clone', '--quiet', '--bare', '.', bare)
    expect((await problem({ directory: bare, staged: true })).code).toBe('git.no-index')
  })
})

describe('the range', () => {
  test('a branch is compared with its merge base, not with the tip of the other side', async () => {
    const { repo, base, head } = withFeature()
    repo.git('checkout', '--quiet', 'main')
    repo.write('other.ts', 'later\n')
    repo.commit('second on main')
    const read = await snapshot({ directory: repo.directory, base: 'main', head: 'feature/pay' })
    expect(read).toMatchObject({ base, head, title: 'feat: pay', description: 'It pays.' })
    expect(read.files).toEqual([
      {
        path: 'src/pay.ts',
        previousPath: null,
        change: 'modified',
        content: 'text',
        hunks: [
          {
            oldStart: 1,
            oldLines: 3,
            newStart: 1,
            newLines: 3,
            lines: [' one', '-two', '+TWO', ' three'],
          },
        ],
      },
    ])
  })

  test('a clean checkout is reviewed from the default branch to HEAD', async () => {
    const { repo, base, head } = withFeature()
    expect(await snapshot({ directory: repo.directory })).toMatchObject({ base, head, notes: [] })
  })

  test('a subfolder stands for its repository', async () => {
    const { repo, head } = withFeature()
    const read = await snapshot({ directory: join(repo.directory, 'src') })
    expect(read.head).toBe(head)
    expect(read.files.map(({ path }) => path)).toEqual(['src/pay.ts'])
  })

  test("the remote's default branch is preferred to a local one of a usual name", async () => {
    const { repo, base } = withFeature()
    const clone = temporary()
    repo.git('checkout', '--quiet', 'main')
    repo.git('branch', '--move', 'main', 'production')
    repo.git('clone', '--quiet', '.', clone)
    repo.git('-C', clone, 'checkout', '--quiet', '-b', 'main', 'origin/feature/pay')
    expect((await snapshot({ directory: clone })).base).toBe(base)
  })

  test('a linked worktree reads the objects of its main repository', async () => {
    const { repo, base, head } = withFeature()
    const linked = join(temporary(), 'linked')
    repo.git('worktree', 'add', '--quiet', '--detach', linked, head)
    expect(await snapshot({ directory: linked })).toMatchObject({ base, head })
    writeFileSync(join(linked, 'src/pay.ts'), 'all new\n')
    expect((await snapshot({ directory: linked })).head).toBe('WORKTREE')
  })

  test('a bare repository is read from its objects', async () => {
    const { repo, base, head } = withFeature()
    const bare = temporary()
    repo.git('clone', '--quiet', '--bare', '.', bare)
    const read = await snapshot({ directory: bare, base: 'main', head: 'feature/pay' })
    expect(read).toMatchObject({ base, head })
    expect(await read.contents.read(['src/pay.ts'], 'head')).toEqual(
      new Map([['src/pay.ts', { kind: 'text', text: 'one\nTWO\nthree\n' }]]),
    )
  })

  test('a repository with SHA-256 names works alike', async () => {
    const repo = repository('--object-format=sha256')
    repo.write('a.ts', 'a\n')
    repo.commit('first')
    repo.write('a.ts', 'b\n')
    const read = await snapshot({ directory: repo.directory })
    expect(read.base).toMatch(/^[0-9a-f]{64}$/)
    expect(read.files.map(({ path }) => path)).toEqual(['a.ts'])
  })

  test('no change is an empty list and a note, not an error', async () => {
    const repo = repository()
    repo.write('a.ts', 'a\n')
    const head = repo.commit('first')
    const read = await snapshot({ directory: repo.directory })
    expect(read).toMatchObject({ base: head, head, files: [], totalFiles: 0 })
    expect(read.notes).toEqual(['HEAD has nothing that main lacks; give --base, as in HEAD~1.'])
  })
})

describe('uncommitted changes', () => {
  test('the working tree is taken as it stands: changed, new, removed and renamed files', async () => {
    const { repo, base } = withFeature()
    repo.write('keep.ts', 'a\nb\nc\nd\ne\n')
    repo.write('gone.ts', 'x\n')
    repo.write('.gitignore', 'ignored.ts\n')
    repo.commit('more')
    repo.write('src/pay.ts', 'one\nTWO\nthree\nfour')
    repo.write('fresh.ts', 'fresh\n')
    repo.write('ignored.ts', 'ignored\n')
    repo.rename('keep.ts', 'kept.ts')
    repo.remove('gone.ts')
    const read = await snapshot({ directory: repo.directory, base: 'HEAD' })
    expect(read.head).toBe('WORKTREE')
    expect(read.base).not.toBe(base)
    expect(read.files.map((file) => [file.path, file.change, file.previousPath])).toEqual([
      ['fresh.ts', 'added', null],
      ['gone.ts', 'removed', null],
      ['kept.ts', 'renamed', 'keep.ts'],
      ['src/pay.ts', 'modified', null],
    ])
    expect(read.notes).toEqual([
      'Compared HEAD plus the uncommitted changes of the working tree with the merge base with HEAD.',
      '2 untracked files are part of the change; ignored files are not.',
    ])
    const contents = await read.contents.read(['src/pay.ts', 'fresh.ts', 'gone.ts'], 'head')
    expect(contents.get('src/pay.ts')).toEqual({ kind: 'text', text: 'one\nTWO\nthree\nfour' })
    expect(contents.get('fresh.ts')).toEqual({ kind: 'text', text: 'fresh\n' })
    expect(contents.get('gone.ts')).toEqual({ kind: 'missing' })
  })

  test('a change of the same length in the same second is seen', async () => {
    const { repo } = withFeature()
    repo.write('src/pay.ts', 'one\nTWX\nthree\n')
    expect((await snapshot({ directory: repo.directory })).head).toBe('WORKTREE')
  })

  test('a touched file is no change', async () => {
    const { repo, head } = withFeature()
    repo.write('src/pay.ts', 'one\nTWO\nthree\n')
    expect((await snapshot({ directory: repo.directory })).head).toBe(head)
  })

  test('an explicit head leaves the working tree out', async () => {
    const { repo, head } = withFeature()
    repo.write('src/pay.ts', 'dirty\n')
    expect((await snapshot({ directory: repo.directory, head: 'HEAD' })).head).toBe(head)
  })

  test('--staged takes the index and nothing else', async () => {
    const { repo } = withFeature()
    repo.write('src/pay.ts', 'staged\n')
    repo.git('add', '.')
    repo.write('src/pay.ts', 'not staged\n')
    repo.write('untracked.ts', 'u\n')
    const read = await snapshot({ directory: repo.directory, staged: true })
    expect(read.head).toBe('INDEX')
    expect(read.files.map(({ path }) => path)).toEqual(['src/pay.ts'])
    expect(await read.contents.read(['src/pay.ts'], 'head')).toEqual(
      new Map([['src/pay.ts', { kind: 'text', text: 'staged\n' }]]),
    )
  })

  test('nothing is written to the repository', async () => {
    const { repo } = withFeature()
    repo.write('fresh.ts', 'fresh\n')
    const before = repo.git('count-objects', '-v')
    const read = changes({ directory: repo.directory })
    await read.snapshot()
    expect(repo.git('count-objects', '-v')).toBe(before)
    expect(repo.git('status', '--porcelain')).toBe('?? fresh.ts')
  })

  test('closing removes the private directory', async () => {
    const { repo } = withFeature()
    const mine = () => readdirSync(tmpdir()).filter((name) => name.startsWith('tech-lead-git-'))
    const before = new Set(mine())
    const read = changes({ directory: repo.directory })
    await read.snapshot()
    const [made] = mine().filter((name) => !before.has(name))
    read.close()
    expect(made === undefined ? [] : mine()).not.toContain(made)
  })

  test('line endings that git converts are no change', async () => {
    const { repo } = withFeature()
    repo.git('config', 'core.autocrlf', 'true')
    repo.write('src/pay.ts', 'one\r\nTWO\r\nthree\r\nfour\r\n')
    const { files } = await snapshot({ directory: repo.directory, base: 'HEAD' })
    expect(files[0]?.hunks[0]?.lines).toEqual([' one', ' TWO', ' three', '+four'])
  })
})

describe('odd files', { timeout: 30_000 }, () => {
  test('names with line feeds, quotes, direction overrides and bytes outside UTF-8 are kept', async () => {
    const repo = repository()
    repo.commit('first')
    const odd = [
      'new\nline.ts',
      'quo"te.ts',
      'tab\t.ts',
      'rtl\u202Etxt.ts',
      'ümlaut.ts',
      ' lead.ts',
    ]
    for (const path of odd) repo.write(path, `content of ${path}\n`)
    writeFileSync(
      Buffer.concat([Buffer.from(`${repo.directory}/latin-`), Buffer.from([0xe9])]),
      'l\n',
    )
    const all = new Set([...odd, 'latin-\uFFFD'])
    const dirty = await snapshot({ directory: repo.directory })
    expect(new Set(dirty.files.map(({ path }) => path))).toEqual(all)
    repo.commit('odd names')
    const read = await snapshot({ directory: repo.directory, base: 'HEAD~1', head: 'HEAD' })
    const paths = read.files.map(({ path }) => path)
    expect(new Set(paths)).toEqual(all)
    const contents = await read.contents.read(paths, 'head')
    for (const path of odd) {
      expect(contents.get(path)).toEqual({ kind: 'text', text: `content of ${path}\n` })
    }
    expect(contents.get('latin-\uFFFD')).toEqual({ kind: 'text', text: 'l\n' })
  })

  test('what is no readable text is refused with the reason', async () => {
    const repo = repository()
    repo.commit('first')
    repo.write('binary.bin', new Uint8Array([1, 0, 2]))
    repo.write('big.json', 'x'.repeat(1024 * 1024 + 1))
    repo.write('large.psd', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n')
    repo.write('crlf.ts', 'a\r\nb')
    symlinkSync('/etc/passwd', join(repo.directory, 'link.ts'))
    const inner = createGitRepository()
    cleanups.push(inner.dispose)
    const sha = inner.commit('inner')
    repo.git('update-index', '--add', '--cacheinfo', `160000,${sha},vendor/inner`)
    repo.git('add', 'binary.bin', 'big.json', 'large.psd', 'crlf.ts', 'link.ts')
    repo.git('commit', '--quiet', '-m', 'odd')
    const read = await snapshot({ directory: repo.directory, base: 'HEAD~1', head: 'HEAD' })
    expect(read.files.map(({ path, content }) => [path, content])).toEqual([
      ['big.json', 'missing'],
      ['binary.bin', 'binary'],
      ['crlf.ts', 'text'],
      ['large.psd', 'text'],
      ['link.ts', 'text'],
      ['vendor/inner', 'text'],
    ])
    const paths = [
      ...read.files.map(({ path }) => path),
      '../../etc/passwd',
      '/etc/passwd',
      '.git/config',
    ]
    expect([...(await read.contents.read(paths, 'head'))]).toEqual([
      ['big.json', { kind: 'refused', because: 'larger than 1 MB' }],
      ['binary.bin', { kind: 'refused', because: 'binary' }],
      ['crlf.ts', { kind: 'text', text: 'a\r\nb' }],
      ['large.psd', { kind: 'refused', because: 'a Git LFS pointer; the content lies elsewhere' }],
      ['link.ts', { kind: 'refused', because: 'a symbolic link' }],
      ['vendor/inner', { kind: 'refused', because: 'a submodule' }],
      ['../../etc/passwd', { kind: 'missing' }],
      ['/etc/passwd', { kind: 'missing' }],
      ['.git/config', { kind: 'missing' }],
    ])
  })

  test('a large uncommitted file is listed and not taken', async () => {
    const { repo } = withFeature()
    repo.write('dump.sql', 'x'.repeat(1024 * 1024 + 1))
    const read = await snapshot({ directory: repo.directory, base: 'HEAD' })
    expect(read.files).toEqual([
      { path: 'dump.sql', previousPath: null, change: 'added', content: 'missing', hunks: [] },
    ])
    expect(await read.contents.read(['dump.sql'], 'head')).toEqual(
      new Map([['dump.sql', { kind: 'refused', because: 'larger than 1 MB' }]]),
    )
  })

  test('3,000 changed files are all there', async () => {
    const repo = repository()
    for (let n = 0; n < 3000; n += 1)
      repo.write(`src/part-${n % 50}/file-${n}.ts`, `export const n = ${n}\n`)
    repo.commit('first')
    repo.branch('feature')
    for (let n = 0; n < 3000; n += 1) {
      appendFileSync(join(repo.directory, `src/part-${n % 50}/file-${n}.ts`), 'more\n')
    }
    const dirty = await snapshot({ directory: repo.directory })
    expect(dirty.files).toHaveLength(3000)
    repo.commit('second')
    const read = await snapshot({ directory: repo.directory })
    expect(read.files).toHaveLength(3000)
    const contents = await read.contents.read(
      read.files.map(({ path }) => path),
      'head',
    )
    expect([...contents.values()].filter(({ kind }) => kind === 'text')).toHaveLength(3000)
  }, 60_000)
})

describe('a hostile repository', () => {
  test('no program that its configuration names is ever started', async () => {
    const { repo } = withFeature()
    const canary = join(temporary(), 'canary')
    const hooks = temporary()
    const script = join(repo.directory, 'evil.sh')
    writeFileSync(script, `#!/bin/sh\ntouch ${canary}\ncat\n`, { mode: 0o755 })
    const programs = [
      ['core.fsmonitor', script],
      ['core.sshCommand', script],
      ['core.pager', script],
      ['core.askPass', script],
      ['core.hooksPath', hooks],
      ['diff.external', script],
      ['diff.evil.textconv', script],
      ['diff.evil.command', script],
      ['filter.evil.clean', script],
      ['filter.evil.smudge', script],
      ['filter.evil.process', script],
      ['filter.evil.required', 'true'],
      ['gpg.program', script],
      ['log.showSignature', 'true'],
      ['alias.rev-parse', `!${script}`],
      ['alias.cat-file', `!${script}`],
      ['remote.origin.uploadpack', script],
      ['remote.origin.url', `ext::${script}`],
      ['remote.origin.promisor', 'true'],
      ['protocol.ext.allow', 'always'],
      ['extensions.partialClone', 'origin'],
      ['credential.helper', `!${script}`],
      ['merge.evil.driver', script],
    ] as const
    for (const [name, value] of programs) repo.git('config', name, value)
    writeFileSync(
      join(repo.directory, '.git/info/attributes'),
      '* diff=evil filter=evil merge=evil\n',
    )
    writeFileSync(join(repo.directory, '.gitattributes'), '*.ts diff=evil filter=evil\n')
    for (const hook of [
      'post-index-change',
      'pre-commit',
      'reference-transaction',
      'post-checkout',
    ]) {
      writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch ${canary}\n`, { mode: 0o755 })
      writeFileSync(join(repo.directory, '.git/hooks', hook), `#!/bin/sh\ntouch ${canary}\n`, {
        mode: 0o755,
      })
    }
    writeFileSync(join(repo.directory, 'src/pay.ts'), 'changed\n')
    writeFileSync(join(repo.directory, 'plain.txt'), 'new\n')

    const dirty = await snapshot({ directory: repo.directory })
    await dirty.contents.read(
      dirty.files.map(({ path }) => path),
      'head',
    )
    await snapshot({ directory: repo.directory, base: 'main', head: 'feature/pay' })
    await snapshot({ directory: repo.directory, staged: true })
    await problem({ directory: repo.directory, base: '1234567890123456789012345678901234567890' })
    expect(existsSync(canary)).toBe(false)

    expect(dirty.files.map(({ path }) => path)).toEqual([
      '.gitattributes',
      'evil.sh',
      'plain.txt',
      'src/pay.ts',
    ])
    expect(dirty.notes).toContain(
      'Uncommitted changes of files that pass through a content filter (such as Git LFS) that is not run were left out: 1.',
    )
    // The same repository does run programs when git itself is asked, so the canary is alive.
    expect(() => repo.git('status')).not.toThrow()
    expect(existsSync(canary)).toBe(true)
  })

  test('a working tree elsewhere on this machine is not read', async () => {
    const { repo, head } = withFeature()
    const elsewhere = temporary()
    writeFileSync(join(elsewhere, 'secret.txt'), 'secret\n')
    repo.git('config', 'core.worktree', elsewhere)
    const read = await snapshot({ directory: repo.directory })
    expect(read.head).toBe(head)
  })

  test('attributes of the change do not hide a text', async () => {
    const { repo } = withFeature()
    repo.write('.gitattributes', '*.ts binary -diff\n')
    repo.write('src/pay.ts', 'hidden?\n')
    repo.commit('hide')
    const { files } = await snapshot({ directory: repo.directory })
    expect(files.find(({ path }) => path === 'src/pay.ts')?.content).toBe('text')
  })
})

describe('trusted files', () => {
  test('settings, agent and memory come from the default branch, whatever the change says', async () => {
    const repo = repository()
    repo.write('.github/tech-lead.yml', 'agent: my-lead\n')
    repo.write('.claude/agents/my-lead.md', 'mine\n')
    repo.write('.claude/agents/integrations-tech-lead.md', 'other\n')
    repo.write('.claude/agent-memory/my-lead/MEMORY.md', '- index\n')
    repo.write('.claude/agent-memory/my-lead/topics/stripe.md', '- stripe\n')
    repo.write('.claude/agent-memory/my-lead/image.png', 'no text')
    repo.write('.claude/agent-memory/integrations-tech-lead/MEMORY.md', '- not mine\n')
    const main = repo.commit('first')
    repo.branch('feature')
    repo.write('.github/tech-lead.yml', 'agent: evil\n')
    repo.write('.claude/agent-memory/my-lead/MEMORY.md', '- forged\n')
    repo.commit('second')
    const { trusted } = await snapshot({ directory: repo.directory })
    expect(trusted).toEqual({
      commit: main,
      settings: { path: '.github/tech-lead.yml', text: 'agent: my-lead\n' },
      agent: { path: '.claude/agents/my-lead.md', text: 'mine\n' },
      memory: [
        { path: 'MEMORY.md', text: '- index\n' },
        { path: 'topics/stripe.md', text: '- stripe\n' },
      ],
    })
  })

  test('a symbolic link in place of the settings is refused and said', async () => {
    const repo = repository()
    repo.write('.github/x', '')
    symlinkSync('/etc/passwd', join(repo.directory, '.github/tech-lead.yml'))
    repo.commit('first')
    repo.write('a.ts', 'a\n')
    const read = await snapshot({ directory: repo.directory })
    expect(read.trusted.settings).toEqual({
      ...{ path: '.github/tech-lead.yml', text: '' },
      unreadable: 'a symbolic link',
    })
  })
})
