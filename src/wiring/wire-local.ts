import type { Report } from '#core/report/report'
import { FILES_ONLY, type ReviewRequest } from '#core/report/review-request'
import { createLocalChanges } from '#local/local-changes'

/** Reads a change of a local repository and lists its files. */
export async function reviewLocally(request: ReviewRequest): Promise<Report> {
  const changes = createLocalChanges(request)
  try {
    const { base, head, files, notes = [] } = await changes.snapshot()
    return {
      version: 1,
      tool: { name: 'integrations-tech-lead', version: '0.1.0' },
      agent: 'integrations-tech-lead',
      reviewer: 'rules',
      model: null,
      base,
      head,
      status: request.filesOnly ? 'not-reviewed' : 'reviewed',
      because: request.filesOnly ? FILES_ONLY : null,
      notes: [...notes],
      files: files.map(({ path, previousPath, change }) => ({
        path,
        previousPath,
        change,
        decision: 'skipped',
        score: 0,
        reasons: [],
        providers: [],
        coverage: 'skipped',
        because: null,
      })),
      findings: [],
      inventory: { providers: [] },
      learnings: [],
      usage: null,
      timings: {},
    }
  } finally {
    changes.close()
  }
}
