import * as z from 'zod'
import { type MemoryFile, memoryFolder } from '#core/memory/memory'
import { settingsOf } from '#core/settings/parse-settings'
import { SETTINGS_PATH } from '#core/settings/settings'
import type { SettingsSource, SourceText } from '#core/text/source-text'
import type { TrustedFiles } from '#flow/ports'
import type { GitHubClient } from '#github/client'

const BLOB = '... on Blob { text isBinary isTruncated }'

/** The entries of a folder: each file's text, and what is asked of its folders. */
function tree(below: string): string {
  return `... on Tree { entries { name type mode object { ${BLOB} ${below} } } }`
}

/** The variables of a question that asks for `TRUSTED_FIELDS`. */
export const TRUSTED_VARIABLES = '$settings: String!, $agent: String!, $memory: String!'

/** What a question asks of a repository to learn what its default branch says about reviews. */
export const TRUSTED_FIELDS = `defaultBranchRef { target { oid } }
    settings: object(expression: $settings) { ${BLOB} }
    agent: object(expression: $agent) { ${BLOB} }
    memory: object(expression: $memory) { ${tree(tree(tree('')))} }`

const BlobFields = z.object({
  text: z.string().nullish(),
  isBinary: z.boolean().nullish(),
  isTruncated: z.boolean().nullish(),
})
const Blob = BlobFields.nullish()
const Entry = z.object({
  name: z.string(),
  type: z.string(),
  mode: z.number(),
  get object() {
    return z.object({ ...BlobFields.shape, entries: z.array(Entry).nullish() }).nullish()
  },
})
const Entries = z.array(Entry)

/** The answer to `TRUSTED_FIELDS`. */
export const TrustedAnswer = z.object({
  defaultBranchRef: z.object({ target: z.object({ oid: z.string() }) }).nullable(),
  settings: Blob,
  agent: Blob,
  memory: z.object({ entries: Entries.nullish() }).nullish(),
})

/** Files that make up a memory: regular ones (mode 100644 and 100755), no links, no submodules. */
const REGULAR = new Set([0o100644, 0o100755, 100644, 100755])

/** The values of `TRUSTED_VARIABLES`: places on the default branch, or at one commit of it. */
export function trustedPlaces(agent: string, at = 'HEAD'): Readonly<Record<string, string>> {
  return {
    settings: `${at}:${SETTINGS_PATH}`,
    agent: `${at}:${agentPath(agent)}`,
    memory: `${at}:${memoryFolder(agent)}`,
  }
}

const TRUSTED = `query Trusted($owner: String!, $name: String!, ${TRUSTED_VARIABLES}) {
  repository(owner: $owner, name: $name) { ${TRUSTED_FIELDS} }
}`
const Answer = z.object({ repository: TrustedAnswer })

/** Asks for these places alone. */
export async function askTrusted(
  client: GitHubClient,
  { owner, name }: { readonly owner: string; readonly name: string },
  places: ReturnType<typeof trustedPlaces>,
): Promise<z.infer<typeof TrustedAnswer>> {
  const { repository } = await client.read(async (octokit) =>
    Answer.parse(await octokit.graphql(TRUSTED, { owner, name, ...places })),
  )
  return repository
}

/**
 * What the default branch says about reviews. Where its settings name another agent than the one
 * that was asked for, that one is asked for at the same commit.
 */
export async function readTrustedFiles(
  client: GitHubClient,
  ref: { readonly owner: string; readonly name: string },
  { answer, agent }: { readonly answer: z.infer<typeof TrustedAnswer>; readonly agent: string },
): Promise<TrustedFiles> {
  const trusted = trustedFilesOf(answer, agent)
  const named = agentNamedIn(trusted, agent)
  if (named === agent || trusted.commit === null) return trusted
  const other = await askTrusted(client, ref, trustedPlaces(named, trusted.commit))
  return { ...trustedFilesOf(other, named), commit: trusted.commit }
}

/** The agent whose definition and memory count; settings that cannot be read name none. */
export function agentNamedIn(
  { settings }: Pick<TrustedFiles, 'settings'>,
  shipped: string,
): string {
  return settings === null ? shipped : settingsOf(settings).agent
}

function trustedFilesOf(answer: z.infer<typeof TrustedAnswer>, agent: string): TrustedFiles {
  return {
    commit: answer.defaultBranchRef?.target.oid ?? null,
    settings: settingsSourceOf(answer.settings),
    agent: sourceOf(agentPath(agent), answer.agent),
    memory: memoryOf(answer.memory?.entries ?? []),
  }
}

const agentPath = (agent: string) => `.claude/agents/${agent}.md`

function sourceOf(path: string, blob: z.infer<typeof Blob>): SourceText | null {
  return blob?.text === null || blob?.text === undefined ? null : { path, text: blob.text }
}

/** A settings file without text is still one: it must not be taken for none. */
function settingsSourceOf(blob: z.infer<typeof Blob>): SettingsSource | null {
  const readable = sourceOf(SETTINGS_PATH, blob)
  if (readable !== null || !(blob?.isBinary || blob?.isTruncated)) return readable
  const unreadable = blob.isBinary ? 'it is no text in UTF-8' : 'it is too large'
  return { path: SETTINGS_PATH, text: '', unreadable }
}

/** Files of the folder and of the folders in it; links lead nowhere. */
function memoryOf(entries: z.infer<typeof Entries>, under = ''): readonly MemoryFile[] {
  return entries.flatMap((entry) => {
    if (entry.type === 'tree')
      return memoryOf(entry.object?.entries ?? [], `${under}${entry.name}/`)
    const readable = entry.type === 'blob' && REGULAR.has(entry.mode) && entry.name.endsWith('.md')
    const text = entry.object?.text
    return readable && typeof text === 'string' ? [{ path: `${under}${entry.name}`, text }] : []
  })
}
