import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Agent } from '#core/agent/agent'
import { parseAgent } from '#core/agent/parse-agent'
import type { Complaint, Read } from '#core/problem'

/**
 * Reads every agent file (`*.md`) of a folder, by name. All complaints of all files come at once;
 * two files that define the same agent are a complaint too.
 */
export async function loadAgents(folder: string): Promise<Read<ReadonlyMap<string, Agent>>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
  const agents = new Map<string, Agent>()
  const complaints: Complaint[] = []
  for (const name of names) {
    const path = join(folder, name)
    const read = parseAgent({ path, text: await readFile(path, 'utf8') })
    if (!read.ok) {
      complaints.push(...read.complaints)
      continue
    }
    const twin = agents.get(read.value.header.name)
    if (twin !== undefined) {
      const reason = `${twin.file} defines the agent "${read.value.header.name}" already`
      complaints.push({ file: path, line: null, reason })
    } else {
      agents.set(read.value.header.name, read.value)
    }
  }
  return complaints.length > 0 ? { ok: false, complaints } : { ok: true, value: agents }
}
