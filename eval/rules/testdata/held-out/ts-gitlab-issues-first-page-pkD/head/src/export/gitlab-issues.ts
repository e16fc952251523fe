import { z } from 'zod'
import { writeIssues } from './store'

const Issue = z.object({
  id: z.number(),
  iid: z.number(),
  title: z.string(),
  state: z.enum(['opened', 'closed']),
  labels: z.array(z.string()),
  updated_at: z.string(),
})

export class GitlabExporter {
  constructor(
    private readonly host: string,
    private readonly token: string,
  ) {}

  async exportProject(projectId: number): Promise<number> {
    const url = new URL(`/api/v4/projects/${projectId}/issues`, this.host)
    url.searchParams.set('scope', 'all')
    url.searchParams.set('per_page', '100')

    const response = await fetch(url, {
      headers: { 'PRIVATE-TOKEN': this.token },
      signal: AbortSignal.timeout(20_000),
    })
    if (!response.ok) {
      throw new Error(`gitlab answered ${response.status} for project ${projectId}`)
    }
    const issues = z.array(Issue).parse(await response.json())
    await writeIssues(projectId, issues)
    return issues.length
  }
}
