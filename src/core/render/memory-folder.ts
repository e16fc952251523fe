import type { MemoryFinding } from '#core/memory/check-memory'
import { readDecision } from '#core/memory/decision'
import type { JudgedEntry } from '#core/memory/entry-status'
import type { MemoryFile } from '#core/memory/memory'
import { escapeHidden, escapeLine } from '#core/text/hidden-characters'
import { redact } from '#core/text/redact'

/** A memory folder and what is true of it. */
export interface JudgedFolder {
  readonly folder: string
  readonly files: readonly MemoryFile[]
  readonly entries: readonly JudgedEntry[]
}

/** The folder for a person at a terminal: each file with its entries and how far they are believed. */
export function memoryText({ folder, files, entries }: JudgedFolder): string {
  if (files.length === 0) return `There is no memory in ${folder}.\n`
  const blocks = files.map(({ path }) => {
    const own = entries.filter(({ file }) => file === path)
    const rows = own.map(
      ({ entry, status }) =>
        `  ${entry.id}  ${status.padEnd(9)}  ${escapeLine(redact(entry.text).text)}${cited(entry.citation)}`,
    )
    return [`${folder}/${path}`, ...(rows.length === 0 ? ['  no entries, prose only'] : rows)].join(
      '\n',
    )
  })
  return `${blocks.join('\n\n')}\n`
}

function cited(citation: { readonly path: string; readonly line: number } | null): string {
  return citation === null ? '' : `  ${escapeLine(citation.path)}:${citation.line}`
}

/** Everything that the folder holds as data: the entries with their sources, the files as they are. */
export function memoryExport({ folder, files, entries }: JudgedFolder) {
  return {
    version: 1,
    folder,
    entries: entries.map(({ file, entry, status }) => ({
      ...{ id: entry.id, file, line: entry.startLine, status, text: redact(entry.text).text },
      ...{ citation: entry.citation, learned: entry.learned, by: entry.by, merged: entry.merged },
      ...{ replaces: entry.replaces, confirmed: entry.confirmed },
      decision: readDecision(entry.text),
    })),
    files: files.map(({ path, text }) => ({ path, text: redact(text).text })),
  }
}

/** The whole folder as one page: every file under its name, secrets masked. */
export function memoryMarkdown({ folder, files }: JudgedFolder): string {
  const parts = files.map(
    ({ path, text }) => `<!-- ${folder}/${path} -->\n\n${escapeHidden(redact(text).text).trim()}\n`,
  )
  return parts.join('\n')
}

/** What is wrong with the folder, a line each, as compilers say it. */
export function memoryComplaints(folder: string, findings: readonly MemoryFinding[]): string {
  if (findings.length === 0) return `${folder} is in order.\n`
  const lines = findings.map(({ file, line, fault, reason }) =>
    escapeLine(`${folder}/${file}${line === null ? '' : `:${line}`}: ${fault}: ${reason}`),
  )
  return `${lines.join('\n')}\n`
}
