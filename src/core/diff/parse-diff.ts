import { parsePatch as parse, type StructuredPatch } from 'diff'
import type { Change, Content, FileDiff } from '#core/diff/diff'
import { compactHunk } from '#core/diff/parse-patch'

const FILE_HEADER = /^diff --git /m
const BINARY = /^(?:Binary files .* differ|GIT binary patch)$/m
const DEV_NULL = '/dev/null'

/**
 * Reads the output of `git diff` (with `a/` and `b/` prefixes). Each file is read on its own, so
 * one that does not add up is `unreadable` and takes no other with it.
 */
export function parseGitDiff(text: string): readonly FileDiff[] {
  return sections(text).map(parseSection)
}

/** A line of content starts with a blank, `+`, `-` or `\`, so a header can stand nowhere else. */
function sections(text: string): readonly string[] {
  const starts: number[] = []
  let at = FILE_HEADER.test(text.slice(0, 11)) ? 0 : text.indexOf('\ndiff --git ') + 1
  while (text.startsWith('diff --git ', at)) {
    starts.push(at)
    const next = text.indexOf('\ndiff --git ', at)
    if (next === -1) break
    at = next + 1
  }
  return starts.map((start, index) => text.slice(start, starts[index + 1]))
}

function parseSection(section: string): FileDiff {
  const headerEnd = section.indexOf('\n@@ ')
  const header = headerEnd === -1 ? section : section.slice(0, headerEnd + 1)
  try {
    const [file] = parse(section)
    if (file === undefined) return named(header, 'unreadable')
    return describe(file, BINARY.test(header) ? 'binary' : 'text')
  } catch {
    return named(header, 'unreadable')
  }
}

/** The header alone still names the file and says what happened to it. */
function named(header: string, content: Content): FileDiff {
  try {
    const [file] = parse(header)
    if (file !== undefined) return describe(file, content)
  } catch {
    // The first line of the header is all that is left to say.
  }
  return {
    path: header.slice(0, header.indexOf('\n')),
    previousPath: null,
    change: 'modified',
    content,
    hunks: [],
  }
}

function describe(file: StructuredPatch, content: Content): FileDiff {
  const before = withoutPrefix(file.oldFileName ?? DEV_NULL, 'a/')
  const after = withoutPrefix(file.newFileName ?? DEV_NULL, 'b/')
  const change = changeOf(file)
  return {
    path: change === 'removed' ? before : after,
    previousPath: change === 'renamed' ? before : null,
    change,
    content,
    hunks: content === 'text' ? file.hunks.map(compactHunk) : [],
  }
}

function changeOf(file: StructuredPatch): Change {
  if (file.isRename === true) return 'renamed'
  if (file.isCreate === true || file.isCopy === true || file.oldFileName === DEV_NULL)
    return 'added'
  if (file.isDelete === true || file.newFileName === DEV_NULL) return 'removed'
  return 'modified'
}

function withoutPrefix(name: string, prefix: 'a/' | 'b/'): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name
}
