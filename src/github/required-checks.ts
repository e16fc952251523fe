import * as z from 'zod'
import { Problem } from '#core/problem'
import type { GitHubClient } from '#github/client'
import type { PullRef } from '#github/pull-ref'

/** Rules of a ruleset that wait for something to run upon a commit. */
const WAITING = new Set([
  'required_status_checks',
  'workflows',
  'required_deployments',
  'code_scanning',
])
const Rules = z.array(z.object({ type: z.string() }))
const Branch = z.object({
  protection: z
    .object({
      required_status_checks: z
        .object({
          contexts: z.array(z.unknown()).default([]),
          checks: z.array(z.unknown()).default([]),
        })
        .nullish(),
    })
    .nullish(),
})

/**
 * Whether a branch requires checks, by a ruleset (`GET rules/branches/{branch}`) or by its
 * protection (`GET branches/{branch}`). `[skip ci]` would leave them pending. True where
 * GitHub does not say.
 */
export async function requiresChecks(
  client: GitHubClient,
  { owner, name: repo }: Pick<PullRef, 'owner' | 'name'>,
  branch: string,
): Promise<boolean> {
  try {
    return await client.read(async (octokit) => {
      const at = { owner, repo, branch }
      const [rules, shown] = await Promise.all([
        octokit.paginate(octokit.rest.repos.getBranchRules, { ...at, per_page: 100 }),
        octokit.rest.repos.getBranch(at),
      ])
      if (Rules.parse(rules).some(({ type }) => WAITING.has(type))) return true
      const required = Branch.parse(shown.data).protection?.required_status_checks
      return [...(required?.contexts ?? []), ...(required?.checks ?? [])].length > 0
    })
  } catch (failure) {
    if (failure instanceof Problem && failure.kind !== 'retry') return true
    throw failure
  }
}
