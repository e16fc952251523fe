import * as z from 'zod'
import { type FindingClass, Severity } from '#core/findings/finding'

const packPath = z
  .string()
  .max(300)
  .regex(
    /^(?!.*(?:^|\/)\.{0,2}(?:\/|$)).+\.ya?ml$/,
    'must be the path of a .yml file in this repository',
  )
const globs = z.array(z.string().min(1).max(500)).max(200)

/**
 * `.github/tech-lead.yml`, read from the default branch only. Every key is optional; an unknown
 * key or a bad value is reported on its line and the defaults are used.
 */
export const Settings = z.strictObject({
  agent: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,63}$/,
      'may hold only lower-case letters, digits and hyphens, at most 64',
    )
    .default('integrations-tech-lead'),
  /** Whether anything of the repository may be sent to a model; `off` reviews by rules alone. */
  model: z.strictObject({ mode: z.enum(['auto', 'off']).default('auto') }).prefault({}),
  review: z
    .strictObject({
      on: z
        .array(z.enum(['opened', 'reopened', 'ready_for_review', 'synchronize']))
        .default(['opened', 'reopened', 'ready_for_review', 'synchronize']),
      drafts: z.boolean().default(false),
      /** Who is not trusted to spend money; unset: on-demand on public, auto on private repositories. */
      outsiders: z.enum(['on-demand', 'rules', 'auto']).optional(),
      trusted_bots: z.array(z.int().positive()).max(100).default([]),
      inline_from: Severity.default('medium'),
      max_comments: z.int().min(0).max(50).default(15),
      fail_check_at: z.union([Severity, z.literal('never')]).default('never'),
      on_error: z.enum(['neutral', 'failure', 'action_required']).default('neutral'),
      auto_pause_after: z.int().min(1).max(100).default(8),
      diagrams: z.boolean().default(true),
    })
    .prefault({}),
  paths: z.strictObject({ include: globs.default([]), exclude: globs.default([]) }).prefault({}),
  /** A rule id or a finding class, switched off or given another severity. */
  rules: z.record(z.string(), z.union([z.literal('off'), Severity])).default({}),
  memory: z
    .strictObject({
      mode: z.enum(['auto', 'pull-request', 'off']).default('auto'),
      /** Whether commits to the default branch start no CI; never where it requires checks. */
      skip_ci: z.boolean().default(true),
    })
    .prefault({}),
  /** Whether the weekly audit looks here, where the server makes one. */
  audit: z.strictObject({ mode: z.enum(['auto', 'off']).default('auto') }).prefault({}),
  /** Provider packs of the repository's own. */
  providers: z.array(packPath).max(20).default([]),
  instructions: z.string().max(10_000).default(''),
  path_instructions: z
    .array(z.strictObject({ path: z.string().min(1).max(500), text: z.string().min(1).max(4_000) }))
    .max(100)
    .default([]),
  budget: z
    .strictObject({
      usd_per_review: z.number().positive().max(1_000).default(2),
      /** Of one pull request in one day, however often it is pushed to. */
      usd_per_pull_request: z.number().positive().max(10_000).default(10),
      usd_per_day: z.number().positive().max(100_000).default(50),
    })
    .prefault({}),
})
export type Settings = z.infer<typeof Settings>

/** What holds where a repository says nothing. */
export const DEFAULT_SETTINGS: Settings = Settings.parse({})

/** Where the settings of a repository stand. */
export const SETTINGS_PATH = '.github/tech-lead.yml'

/** The severity that the settings give to a rule or its class, `off`, or null where they are silent. */
export function configuredSeverity(
  settings: Settings,
  rule: string | null,
  findingClass: FindingClass,
): Severity | 'off' | null {
  const byRule = rule === null ? undefined : settings.rules[rule]
  return byRule ?? settings.rules[findingClass] ?? null
}
