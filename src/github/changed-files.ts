import * as z from 'zod'
import type { Content, FileDiff } from '#core/diff/diff'
import { createShelf, type Shelf, withPatch } from '#core/diff/lazy-hunks'
import type { GitHubClient } from '#github/client'
import type { PullRef } from '#github/pull-ref'

/** GitHub lists no more than this many files of a pull request, 100 to a page. */
const MAX_PAGES = 30
const PER_PAGE = 100

const ChangedFile = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.string(),
  patch: z.string().optional(),
  changes: z.number(),
})
/** A file of a comparison or of a pull request: GitHub describes both alike. */
export const ChangedFiles = z.array(ChangedFile)
type ChangedFile = z.infer<typeof ChangedFile>

/**
 * The changed files of a pull request as they are now. The list cannot be pinned to a commit
 * (https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files): the caller compares the
 * head before and after.
 */
export async function readChangedFiles(
  client: GitHubClient,
  ref: PullRef,
): Promise<readonly FileDiff[]> {
  const files: FileDiff[] = []
  const shelf = createShelf()
  // tech-lead-ignore pages-cut-off -- GitHub itself ends its list of files there
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const found = await client.read(async (octokit) => {
      const { data } = await octokit.rest.pulls.listFiles({
        owner: ref.owner,
        repo: ref.name,
        pull_number: ref.pull,
        per_page: PER_PAGE,
        page,
      })
      return ChangedFiles.parse(data)
    })
    files.push(...toFileDiffs(found, shelf))
    if (found.length < PER_PAGE) break
  }
  return files
}

/** Changed files with the hunks that GitHub shows of them, which are read when they are asked for. */
export function toFileDiffs(
  files: readonly ChangedFile[],
  shelf: Shelf = createShelf(),
): readonly FileDiff[] {
  return files.map((file) =>
    withPatch(
      {
        path: file.filename,
        previousPath: file.status === 'renamed' ? (file.previous_filename ?? null) : null,
        change: changeOf(file.status),
        content: contentOf(file),
      },
      file.patch ?? '',
      shelf,
    ),
  )
}

function changeOf(status: string): FileDiff['change'] {
  if (status === 'added' || status === 'copied') return 'added'
  if (status === 'removed' || status === 'renamed') return status
  return 'modified'
}

/** Without a patch, counted changes are text that was too large, and none are binary or no change. */
function contentOf(file: ChangedFile): Content {
  if (file.patch !== undefined) return 'text'
  if (file.changes > 0) return 'missing'
  return file.status === 'renamed' ? 'text' : 'binary'
}
