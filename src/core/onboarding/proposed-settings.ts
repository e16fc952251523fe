import type { Integration } from '#core/inventory/inventory'
import type { Risk } from '#core/onboarding/group-risks'

/** What is known of a repository before anybody wrote settings for it. */
interface Known {
  readonly integrations: readonly Integration[]
  readonly risks: readonly Risk[]
}

/** Folders whose code is there to be looked at, and runs nowhere. */
const SHOWN_ONLY = /^(?:docs?|examples?|samples?|demos?|playground|fixtures)$/i
/** Places of one rule from which on a repository may want to hear less of it. */
const MANY = 5
const MAX_RULES = 3
const MAX_FOLDERS = 3
const PLAIN = /^[\w./-]{1,80}$/

/**
 * The settings file of an onboarding pull request. Every line is a comment, because nothing has to
 * differ from the defaults; the examples are made of what stands in this repository, so that a
 * line is right once its comment sign is taken away.
 */
export function proposedSettings(known: Known): string {
  return `${[
    HEAD,
    section('# review:', [
      '#   fail_check_at: critical   # the check fails from this severity on; by default it never does',
      '#   inline_from: medium       # lower findings are listed in the summary',
      '#   outsiders: rules          # what people without write permission get unasked',
    ]),
    section('# model:', [
      '#   mode: off   # nothing of this repository is sent to a model; the rules review alone',
    ]),
    section('# paths:', excludes(known)),
    section('# rules:', ruleLines(known)),
    section('# instructions: |', instructionLines(known)),
    section('# budget:', [
      '#   usd_per_review: 2',
      '#   usd_per_pull_request: 10',
      '#   usd_per_day: 50',
    ]),
  ]
    .filter((text) => text !== '')
    .join('\n\n')}\n`
}

const HEAD = `# How the integrations tech lead reviews this repository. Read from the default branch only.
# Everything is optional: without this file, or with all of it commented out, the defaults hold.
# A mistake is named with its line in the next review, and the defaults are used.`

function section(key: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [key, ...lines].join('\n')
}

function excludes({ integrations }: Known): readonly string[] {
  const paths = integrations.flatMap(({ sites }) => sites.map(({ path }) => path))
  const folders = Map.groupBy(
    paths.filter((path) => path.includes('/')),
    (path) => path.split('/')[0] ?? '',
  )
  const found = [...folders]
    .filter(([folder]) => SHOWN_ONLY.test(folder))
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MAX_FOLDERS)
  if (found.length === 0) return ["#   exclude: ['legacy/**']   # never reviewed"]
  const globs = found.map(([folder]) => `'${folder}/**'`).join(', ')
  const count = found.reduce((sum, [, places]) => sum + places.length, 0)
  return [`#   exclude: [${globs}]   # ${count} of ${paths.length} places are in there`]
}

function ruleLines({ risks }: Known): readonly string[] {
  const loud = risks
    .filter(({ finding, others }) => finding.severity === 'medium' && others.length + 1 >= MANY)
    .flatMap(({ finding: { rule }, others }) =>
      rule === null ? [] : [`#   ${rule}: low   # holds in ${others.length + 1} places today`],
    )
  return loud.length === 0
    ? ['#   call-without-timeout: low   # or off, medium, high, critical']
    : loud.slice(0, MAX_RULES)
}

/** A client that a whole repository shares is the first thing that a reviewer is told. */
function instructionLines({ integrations }: Known): readonly string[] {
  const shared = integrations.flatMap(({ kind, name, clients, sites }) => {
    const homes = [...new Set(clients.map(({ path }) => path))]
    const [home] = homes
    const others = new Set(sites.map(({ path }) => path))
    const isShared = homes.length === 1 && others.size > 1 && home !== undefined
    return kind === 'provider' && isShared && PLAIN.test(home) ? [{ name, home }] : []
  })
  const [first] = shared
  return first === undefined
    ? ['#   Every webhook handler must store the event before it answers.']
    : [`#   All calls to ${first.name} go through ${first.home}.`]
}
