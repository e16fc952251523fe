import { type Agent, AgentHeader } from '#core/agent/agent'
import type { Complaint, Read } from '#core/problem'
import { readFrontMatter } from '#core/text/front-matter'
import { escapeHidden } from '#core/text/hidden-characters'
import { byteLength } from '#core/text/lines'
import type { SourceText } from '#core/text/source-text'

/** The body becomes part of every request; past this size it crowds out the change itself. */
const MAX_BODY_BYTES = 32 * 1024

/**
 * Reads an agent file in Claude Code's subagent format. Fields that only Claude Code uses
 * (`tools`, `disallowedTools`, `color`, …) are accepted and have no effect here: an agent file can
 * never widen what a reviewer may do.
 */
export function parseAgent(source: SourceText): Read<Agent> {
  const read = readFrontMatter(source)
  if (!read.ok) return read
  const { data, body, lineOf } = read.value
  const complaints: Complaint[] = []
  const complain = (line: number | null, reason: string) =>
    complaints.push({ file: source.path, line, reason })

  const header = AgentHeader.safeParse(data)
  for (const issue of header.error?.issues ?? []) {
    const key = String(issue.path[0] ?? '')
    complain(lineOf(key) ?? 1, key === '' ? issue.message : `${key}: ${issue.message}`)
  }
  const instructions = body.trim()
  if (instructions === '') complain(null, 'there are no instructions below the header')
  if (byteLength(instructions) > MAX_BODY_BYTES) {
    complain(null, `the instructions are longer than ${MAX_BODY_BYTES / 1024} KB`)
  }
  if (!header.success || complaints.length > 0) return { ok: false, complaints }
  const agent = { header: header.data, body: escapeHidden(instructions), file: source.path }
  return { ok: true, value: agent }
}
