import { suiteOf } from '../domain/branches.ts'
import { emitCheckRun } from '../domain/events.ts'
import { type Annotation, type CheckRun, iso, visible } from '../state.ts'
import {
  bodyOf,
  type Call,
  GitHubError,
  notFound,
  numberParam,
  page,
  pageReply,
  type Reply,
  type Route,
  unprocessable,
} from './call.ts'
import { annotationView, checkRunView } from './review-views.ts'

type CheckBody = {
  name?: string
  head_sha?: string
  details_url?: string
  external_id?: string
  status?: CheckRun['status']
  started_at?: string
  conclusion?: string
  completed_at?: string
  output?: { title?: string; summary?: string; text?: string; annotations?: Annotation[] }
  actions?: CheckRun['actions']
}

function runOfPath(call: Call): CheckRun {
  const id = numberParam(call, 'check_run_id')
  const found = call.repository.checkRuns.find((each) => each.id === id)
  if (found === undefined) throw notFound()
  return found
}

/** Applies a body to a run. Annotations are added to those that are there, never replaced. */
function apply(call: Call, run: CheckRun, body: CheckBody): void {
  if (body.status === 'completed' && body.conclusion === undefined && run.conclusion === null) {
    throw new GitHubError(
      422,
      'Invalid request.\n\nNo subschema in "oneOf" matched: a completed check run needs a conclusion.',
    )
  }
  const { output } = body
  run.name = body.name ?? run.name
  run.externalId = body.external_id ?? run.externalId
  run.detailsUrl = body.details_url ?? run.detailsUrl
  run.startedAt = body.started_at ?? run.startedAt
  run.actions = body.actions ?? run.actions
  if (output !== undefined) {
    run.output = {
      title: output.title ?? run.output.title,
      summary: output.summary ?? run.output.summary,
      text: output.text ?? run.output.text,
    }
    run.annotations.push(...(output.annotations ?? []))
  }
  settle(call, run, body)
}

function settle(call: Call, run: CheckRun, body: CheckBody): void {
  if (body.conclusion !== undefined || body.status === 'completed') {
    run.status = 'completed'
    run.conclusion = body.conclusion ?? run.conclusion
    run.completedAt = body.completed_at ?? iso(call.state.now())
  } else if (body.status !== undefined) {
    run.status = body.status
    run.conclusion = null
    run.completedAt = null
  }
}

async function create(call: Call): Promise<Reply> {
  const { state, repository } = call
  const body = bodyOf<CheckBody>(call)
  const headSha = body.head_sha ?? ''
  if ((await repository.git.resolve(headSha)) !== headSha) {
    throw unprocessable([`No commit found for SHA: ${headSha}`])
  }
  const run: CheckRun = {
    id: state.nextId(),
    appId: state.app.id,
    suite: suiteOf(state, repository, { sha: headSha, appId: state.app.id, branch: null }),
    name: body.name ?? '',
    headSha,
    externalId: '',
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: iso(state.now()),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  }
  apply(call, run, body)
  repository.checkRuns.push(run)
  announce(call, run, 'created')
  if (run.status === 'completed') announce(call, run, 'completed')
  return { status: 201, body: checkRunView(state, repository, run), created: run }
}

function announce(call: Call, run: CheckRun, action: string): void {
  emitCheckRun({ state: call.state, repository: call.repository, sender: call.actor }, run, action)
}

function update(call: Call): Reply {
  const run = runOfPath(call)
  if (run.appId !== call.state.app.id) {
    const message = `Invalid app_id \`${run.appId}\` - check run can only be modified by the GitHub App that created it.`
    throw new GitHubError(403, message)
  }
  const wasDone = run.status === 'completed'
  apply(call, run, bodyOf<CheckBody>(call))
  if (!wasDone && run.status === 'completed') announce(call, run, 'completed')
  return { status: 200, body: checkRunView(call.state, call.repository, run) }
}

/** Without `filter=all` only the newest run of each app and name is listed. */
function latest(runs: CheckRun[]): CheckRun[] {
  const newest = new Map(runs.map((each) => [`${each.appId} ${each.name}`, each]))
  return [...newest.values()]
}

async function listForRef(call: Call): Promise<Reply> {
  const { state, repository, query } = call
  const sha = await repository.git.resolve(call.params['ref'] ?? '')
  if (sha === null) throw unprocessable([`No commit found for SHA: ${call.params['ref']}`])
  const isWanted = (each: CheckRun): boolean =>
    each.headSha === sha &&
    (query['app_id'] === undefined || each.appId === Number(query['app_id'])) &&
    (query['check_name'] === undefined || each.name === query['check_name']) &&
    (query['status'] === undefined || each.status === query['status'])
  const found = visible(state, repository.checkRuns.filter(isWanted))
  const shown = (query['filter'] === 'all' ? found : latest(found)).toReversed()
  const { items, headers } = page(call, shown)
  const runs = items.map((each) => checkRunView(state, repository, each))
  return { status: 200, body: { total_count: shown.length, check_runs: runs }, headers }
}

const RUNS = '/repos/{owner}/{repo}/check-runs'
const READ: Route['access'] = [{ checks: 'read' }]
const WRITE: Route['access'] = [{ checks: 'write' }]

export const checkRoutes: Route[] = [
  { operation: `POST ${RUNS}`, access: WRITE, handle: create },
  {
    operation: `GET ${RUNS}/{check_run_id}`,
    access: READ,
    handle: (call) => ({
      status: 200,
      body: checkRunView(call.state, call.repository, runOfPath(call)),
    }),
  },
  { operation: `PATCH ${RUNS}/{check_run_id}`, access: WRITE, handle: update },
  {
    operation: `GET ${RUNS}/{check_run_id}/annotations`,
    access: READ,
    handle: (call) => {
      const run = runOfPath(call)
      return pageReply(call, run.annotations, (each) =>
        annotationView(call.state, call.repository, run, each),
      )
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    access: READ,
    handle: listForRef,
  },
]
