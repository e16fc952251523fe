import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence, Finding } from '#core/findings/finding'
import { Report } from '#core/report/report'

/** What must hold in every report of a local repository, asked of git itself and not of our parser. */
export function brokenInvariants(value: unknown, directory: string): readonly string[] {
  const parsed = Report.safeParse(value)
  if (!parsed.success) return [`not a report: ${parsed.error.message}`]
  const report = parsed.data
  const git = gitIn(directory)
  const changed = changedFiles(git, report)
  const ids = report.findings.map(({ id }) => id)
  return [
    ...(new Set(ids).size === ids.length ? [] : ['two findings have one id']),
    ...listComplaints(report, changed),
    ...statusComplaints(report),
    ...report.findings.flatMap((finding) => placeComplaints(finding, report, git)),
    ...report.findings.flatMap((finding) =>
      finding.evidence.flatMap((one) => evidenceComplaints(one, finding, report, git)),
    ),
  ]
}

type Git = (...args: string[]) => string

function gitIn(directory: string): Git {
  return (...args) => {
    const options = { cwd: directory, encoding: 'utf8' as const, maxBuffer: 1 << 28 }
    const { status, stdout, stderr } = spawnSync('git', ['--literal-pathspecs', ...args], options)
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout
  }
}

const DIFF = [
  '-c',
  'core.autocrlf=false',
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--find-renames',
]

/** The two ends of the range; the second is left out for the working tree. */
function ends({ base, head }: Report): readonly string[] {
  if (head === 'INDEX') return ['--cached', base]
  return head === 'WORKTREE' ? [base] : [base, head]
}

function changedFiles(git: Git, report: Report): ReadonlySet<string> {
  const parts = git(...DIFF, '--name-status', '-z', ...ends(report)).split('\0')
  const paths = new Set<string>()
  for (let at = 0; at + 1 < parts.length; ) {
    const renamed = /^[RC]/.test(parts[at] ?? '')
    paths.add(parts[at + (renamed ? 2 : 1)] ?? '')
    at += renamed ? 3 : 2
  }
  if (report.head === 'WORKTREE')
    for (const path of git('ls-files', '-z', '--others', '--exclude-standard').split('\0'))
      if (path !== '') paths.add(path)
  return paths
}

function listComplaints({ files }: Report, changed: ReadonlySet<string>): readonly string[] {
  const listed = new Set(files.map(({ path }) => path))
  return [
    ...(listed.size === files.length ? [] : ['a file is listed twice']),
    ...[...changed].filter((path) => !listed.has(path)).map((path) => `${path} is not listed`),
    ...[...listed].filter((path) => !changed.has(path)).map((path) => `${path} did not change`),
  ]
}

function statusComplaints({ files, status, because }: Report): readonly string[] {
  const unread = files.some(({ coverage }) => coverage === 'partial' || coverage === 'failed')
  return [
    ...(status === 'reviewed' && unread ? ['reviewed, although a file was not read whole'] : []),
    ...((status === 'reviewed') === (because === null) ? [] : [`${status} because ${because}`]),
  ]
}

/** A finding on a line stands within one hunk of its side; any other placement is not `line`. */
function placeComplaints(finding: Finding, report: Report, git: Git): readonly string[] {
  const { path, side, startLine, line, placement } = finding
  const at = `${finding.id} at ${path}:${startLine}-${line} ${side}`
  const file = report.files.find((one) => one.path === path)
  if (file === undefined) return placement === 'summary' ? [] : [`${at}: the file did not change`]
  if (file.decision !== 'selected') return [`${at}: the file was not selected`]
  if (startLine > line) return [`${at}: ends before it begins`]
  if (placement !== 'line') return []
  const inside = hunksOf(file, side, report, git).some(
    ([first, last]) => first <= startLine && line <= last,
  )
  return inside ? [] : [`${at}: not within one hunk`]
}

function hunksOf(
  file: Report['files'][number],
  side: Finding['side'],
  report: Report,
  git: Git,
): readonly (readonly [number, number])[] {
  const paths = [...(file.previousPath === null ? [] : [file.previousPath]), file.path]
  const untracked = report.head === 'WORKTREE' && git('ls-files', '-z', '--', file.path) === ''
  if (untracked) return side === 'RIGHT' ? [[1, Number.MAX_SAFE_INTEGER]] : []
  const patch = git(...DIFF, '--unified=3', ...ends(report), '--', ...paths)
  const own = patch.split(/^(?=diff --git )/m)
  if (own.filter((part) => part !== '').length > 1)
    throw new Error(`${file.path}: git sees two files`)
  return [...patch.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].flatMap(
    ([, oldStart, oldCount = '1', newStart, newCount = '1']) => {
      const start = Number(side === 'LEFT' ? oldStart : newStart)
      const count = Number(side === 'LEFT' ? oldCount : newCount)
      return count === 0 ? [] : [[start, start + count - 1] as const]
    },
  )
}

/** The text is the file's line, byte for byte and without its line ending, unless it is redacted. */
function evidenceComplaints(
  evidence: Evidence,
  finding: Finding,
  report: Report,
  git: Git,
): readonly string[] {
  const at = `${finding.id}: evidence ${evidence.path}:${evidence.line} ${evidence.side}`
  const text = textOf(evidence, report, git)
  const line = text.split('\n')[evidence.line - 1]?.replace(/\r$/, '')
  if (line === undefined) return [`${at}: there is no such line`]
  if (!evidence.redacted)
    return line === evidence.text
      ? []
      : [`${at}: ${JSON.stringify(evidence.text)}, not ${JSON.stringify(line)}`]
  if (!evidence.text.includes('•••')) return [`${at}: redacted, and nothing is masked`]
  const kept = evidence.text.split('•••')
  const fits = line.startsWith(kept[0] ?? '') && line.endsWith(kept.at(-1) ?? '')
  return fits && evidence.text !== line ? [] : [`${at}: what is left is not of the line`]
}

function textOf({ path, side }: Evidence, { base, head, files }: Report, git: Git): string {
  if (side === 'RIGHT' && head === 'WORKTREE')
    return readFileSync(join(git('rev-parse', '--show-toplevel').trimEnd(), path), 'utf8')
  if (side === 'RIGHT') return git('show', `${head === 'INDEX' ? '' : head}:${path}`)
  const previous = files.find((file) => file.path === path)?.previousPath ?? path
  return git('show', `${base}:${previous}`)
}
