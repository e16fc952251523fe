import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { readYaml } from '#core/facts/fact-pack'
import { complaintLine, Problem } from '#core/problem'
import { HOME } from '#wiring/load-knowledge'

/** The app as app.yml describes it, in GitHub's words. */
const AppManifest = z.object({
  name: z.string(),
  description: z.string(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.string()),
  default_events: z.array(z.string()),
})
export type AppManifest = z.infer<typeof AppManifest>

/** Reads app.yml. Throws Problem `knowledge.unreadable`. */
export async function readAppManifest(): Promise<AppManifest> {
  const path = join(HOME, 'app.yml')
  const read = readYaml({ path, text: await readFile(path, 'utf8') }, AppManifest)
  if (read.ok) return read.value
  throw new Problem('knowledge.unreadable', 'told', read.complaints.map(complaintLine).join('\n'))
}
