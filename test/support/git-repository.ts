import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A real git repository in a temporary folder, with fixed identities and dates. */
export interface GitRepository {
  readonly directory: string
  /** Of the date of its last commit; a copy goes on from there. */
  readonly minute: number
  /** Runs git and returns its output without the final newline; throws when it fails. */
  git(...args: string[]): string
  write(path: string, content: string | Uint8Array): void
  remove(path: string): void
  rename(from: string, to: string): void
  /** Stages everything and commits it; returns the full sha. */
  commit(message: string): string
  /** Creates a branch at HEAD and checks it out. */
  branch(name: string): void
  dispose(): void
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Ada Author',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada Author',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
}

/** An empty repository of this process: a copy takes a tenth of the time of a process of git. */
let empty: GitRepository | null = null

/** Creates an empty repository whose branch is `main`. `args` are further options of `git init`. */
export function createGitRepository(...args: string[]): GitRepository {
  if (args.length > 0) return initialised(args)
  if (empty === null) {
    empty = initialised([])
    process.once('exit', empty.dispose)
  }
  return copyOfRepository(empty)
}

/** Another repository with the same history, refs and files, in a folder of its own. */
export function copyOfRepository(original: GitRepository): GitRepository {
  return repositoryIn(original)
}

function initialised(args: readonly string[]): GitRepository {
  const made = repositoryIn(null)
  made.git('init', '--quiet', '--initial-branch=main', ...args)
  return made
}

function repositoryIn(from: GitRepository | null): GitRepository {
  const directory = mkdtempSync(join(tmpdir(), 'tech-lead-test-'))
  let minute = from?.minute ?? 0
  const git = (...words: string[]) => {
    const date = `2026-01-01T00:${String(minute % 60).padStart(2, '0')}:00Z`
    const env = { ...process.env, ...IDENTITY, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
    const options = { cwd: directory, env, encoding: 'utf8' as const, maxBuffer: 1 << 28 }
    const result = spawnSync('git', words, options)
    if (result.status !== 0) throw new Error(`git ${words.join(' ')}: ${result.stderr}`)
    return result.stdout.replace(/\n$/, '')
  }
  if (from !== null) cpSync(from.directory, directory, { recursive: true })
  return {
    directory,
    get minute() {
      return minute
    },
    git,
    write(path, content) {
      const target = join(directory, path)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, content)
    },
    remove: (path) => rmSync(join(directory, path), { recursive: true }),
    rename: (from, to) => renameSync(join(directory, from), join(directory, to)),
    commit(message) {
      minute += 1
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--no-verify', '-m', message)
      return headIn(directory) ?? git('rev-parse', 'HEAD')
    },
    branch: (name) => void git('checkout', '--quiet', '-b', name),
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** The commit that HEAD names, where its branch is a file, as after a commit it always is. */
function headIn(directory: string): string | null {
  const folder = join(directory, '.git')
  const branch = /^ref: (.+)\n$/.exec(readFileSync(join(folder, 'HEAD'), 'utf8'))?.[1]
  const file = branch === undefined ? null : join(folder, branch)
  return file !== null && existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}
