import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import * as z from 'zod'
import { complaintLine } from '#core/problem'
import { loadProviders } from '#wiring/load-providers'
import { loadRules } from '#wiring/load-rules'
import { commandPage } from './docs/command-page.ts'
import type { DocFile } from './docs/doc-file.ts'
import { providerPages } from './docs/provider-pages.ts'
import { requirementsPage } from './docs/requirements-page.ts'
import { rulePages } from './docs/rule-pages.ts'

const HOME = fileURLToPath(new URL('..', import.meta.url))

/** The pages about commands, rules and providers, made from the files that the product itself reads. */
export async function docFiles(): Promise<readonly DocFile[]> {
  const { rules } = await loadRules(HOME)
  const providers = await loadProviders(`${HOME}providers`)
  if (!providers.ok) throw new Error(providers.complaints.map(complaintLine).join('\n'))
  return [commandPage(), requirementsPage(), ...rulePages(rules), ...providerPages(providers.value)]
}

/** Pages in a folder of ours that none of these files is: their pack or rule is gone. */
export function stalePages(files: readonly DocFile[]): readonly string[] {
  const made = new Set(files.map(({ path }) => path))
  return globSync('docs/{providers,rules}/*', { cwd: HOME }).filter((path) => !made.has(path))
}

const Manifest = z.object({
  default_permissions: z.record(z.string(), z.string()),
  default_events: z.array(z.string()),
})

/**
 * The address of GitHub's own form, filled in with what app.yml asks for:
 * https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-using-url-parameters
 */
export function registrationAddress(): string {
  const manifest = Manifest.parse(parse(readFileSync(`${HOME}app.yml`, 'utf8')))
  const query = [
    ['public', 'false'],
    ['webhook_active', 'true'],
    ...Object.entries(manifest.default_permissions),
    ...manifest.default_events.map((event) => ['events[]', event]),
  ]
  return `https://github.com/settings/apps/new?${query.map((pair) => pair.join('=')).join('&')}`
}

if (import.meta.main) {
  const files = await docFiles()
  for (const folder of ['providers', 'rules'])
    mkdirSync(`${HOME}docs/${folder}`, { recursive: true })
  for (const { path, text } of files) writeFileSync(`${HOME}${path}`, text)
  for (const path of stalePages(files)) rmSync(`${HOME}${path}`)
  console.log(registrationAddress())
}
