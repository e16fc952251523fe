import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A real git repository in a temporary folder, with fixed identities and dates. */
export interface GitRepository {
  readonly directory: string
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

/** Creates an empty repository whose branch is `main`. `args` are further options of `git init`. */
export function createGitRepository(...args: string[]): GitRepository {
  const directory = mkdtempSync(join(tmpdir(), 'tech-lead-test-'))
  let minute = 0
  const git = (...words: string[]) => {
    const date = `2026-01-01T00:${String(minute % 60).padStart(2, '0')}:00Z`
    const env = { ...process.env, ...IDENTITY, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
    const options = { cwd: directory, env, encoding: 'utf8' as const, maxBuffer: 1 << 28 }
    const result = spawnSync('git', words, options)
    if (result.status !== 0) throw new Error(`git ${words.join(' ')}: ${result.stderr}`)
    return result.stdout.replace(/\n$/, '')
  }
  git('init', '--quiet', '--initial-branch=main', ...args)
  return {
    directory,
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
      return git('rev-parse', 'HEAD')
    },
    branch: (name) => void git('checkout', '--quiet', '-b', name),
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  }
}
