import { compareSeverity, type Evidence, type Finding, Severity } from '#core/findings/finding'
import { deltaWords } from '#core/render/delta-words'
import { type Html, html, NO_HTML } from '#core/render/html'
import { htmlInline, htmlMarkdown } from '#core/render/html-markdown'
import { htmlMatrix } from '#core/render/html-matrix'
import { htmlPage } from '#core/render/html-style'
import { flipWords } from '#core/render/matrix-delta'
import { skippedReasons, whyOf } from '#core/render/terminal-files'
import { byFile, identityLine, placeWords } from '#core/render/terminal-report'
import { countWords, verdictOf } from '#core/render/verdict'
import type { Report, ReportFile } from '#core/report/report'
import { FILES_ONLY } from '#core/report/review-request'
import { DEFAULT_SETTINGS } from '#core/settings/settings'

/** More rows make a page that a browser shows slowly and nobody reads. */
const MAX_FILES = 1_000
const MAX_FINDINGS = 1_000
const MAX_GLANCE = 20

/** A review, or the decisions on its files, as one page that stands alone: for a wall or a mail. */
export function htmlReport(report: Report): string {
  const filesOnly = report.status === 'not-reviewed' && report.because === FILES_ONLY
  const title = filesOnly
    ? countWords(report.files.length, 'changed file')
    : verdictOf(report, DEFAULT_SETTINGS).title
  const body = html`<header>
<h1>${title}</h1>
${filesOnly ? NO_HTML : severityList(report.findings)}
${sentences(report)}
${notices(report, filesOnly)}
${glance(report)}
</header>
<main>
${findingsOf(report)}
${htmlMatrix(report.matrix)}
${adviceOf(report)}
${ledger(report)}
${learned(report)}
</main>
<footer class="quiet">${identityLine(report)}${spent(report)}</footer>`
  return htmlPage(`${title} · Integrations Tech Lead`, body)
}

function severityList(findings: readonly Finding[]): Html {
  const counts = Severity.options.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [html`<li class="${severity}"><b>${count}</b> ${severity}</li>`]
  })
  return counts.length === 0 ? NO_HTML : html`<ul class="counts">${counts}</ul>`
}

function sentences({ inventory, matrix }: Report): Html {
  const lines = [
    ['Integrations', deltaWords(inventory.delta, (name) => name)],
    ['Protections', flipWords(matrix, (name) => name)],
  ] as const
  return html`${lines.map(([label, words]) =>
    words === '' ? NO_HTML : html`<p><strong>${label}:</strong> ${words}.</p>`,
  )}`
}

/** What makes the review less than whole stands above its findings. */
function notices(report: Report, filesOnly: boolean): Html {
  const because = filesOnly || report.because === null ? [] : [report.because]
  const notes = [...because, ...report.notes]
  return notes.length === 0
    ? NO_HTML
    : html`<div class="notice">${notes.map((note) => html`<p>${note}</p>`)}</div>`
}

/** Every finding in one line, so that the first screen says everything. */
function glance({ findings }: Report): Html {
  if (findings.length < 2) return NO_HTML
  const shown = [...findings].sort((a, b) => compareSeverity(a.severity, b.severity))
  const items = shown
    .slice(0, MAX_GLANCE)
    .map(
      ({ id, severity, title, path, line }) =>
        html`<li><span class="severity ${severity}">${severity}</span> <a href="#${id}">${htmlInline(title)}</a> <span class="quiet">${path}:${line}</span></li>`,
    )
  const rest = findings.length - items.length
  const more = rest > 0 ? html`<li class="quiet">and ${rest} more below</li>` : NO_HTML
  return html`<ul class="glance">${items}${more}</ul>`
}

function findingsOf({ findings }: Report): Html {
  if (findings.length === 0) return NO_HTML
  const shown = byFile(findings).flat().slice(0, MAX_FINDINGS)
  const files = [...Map.groupBy(shown, ({ path }) => path)]
  const rest = findings.length - shown.length
  return html`<h2>Findings</h2>
${files.map(([path, ofFile]) => html`<h3>${path}</h3>\n${ofFile.map(card)}`)}
${rest === 0 ? NO_HTML : html`<p>and ${rest} more; <code>--format json</code> has all of them.</p>`}`
}

function card(finding: Finding): Html {
  const { severity, suggestion } = finding
  return html`<article id="${finding.id}" class="${severity}">
<h4><span class="severity ${severity}">${severity}</span> ${htmlInline(finding.title)}</h4>
<p class="quiet">${placeWords(finding)}</p>
${excerpt(finding)}
${htmlMarkdown(finding.body)}
<dl class="parts">
<dt>When it breaks</dt><dd>${htmlMarkdown(finding.scenario)}</dd>
<dt>Fix</dt><dd>${htmlMarkdown(finding.fix)}</dd>
</dl>
${suggestion === null ? NO_HTML : html`<pre><code>${suggestion}</code></pre>`}
</article>
`
}

/** The lines that support the finding; those of another file or of the base say so. */
function excerpt(finding: Finding): Html {
  const here = ({ path, side }: Evidence) => path === finding.path && side === finding.side
  const own = finding.evidence.filter(here).sort((a, b) => a.line - b.line)
  const others = finding.evidence.filter((evidence) => !here(evidence))
  const line = ({ line, text }: Evidence) => html`<i>${line}</i><span>${text}</span>`
  const groups = [...Map.groupBy(others, ({ path, side }) => headingOf(path, side))]
  return html`<pre><code class="excerpt">${own.map(line)}${groups.map(
    ([heading, lines]) => html`<span class="place">${heading}</span>${lines.map(line)}`,
  )}</code></pre>`
}

function headingOf(path: string, side: Evidence['side']): string {
  return side === 'LEFT' ? `${path} before the change` : path
}

function adviceOf({ advice }: Report): Html {
  if (advice === null) return NO_HTML
  const modes = advice.failureModes.map(
    ({ call, failure, effect, mitigation }) =>
      html`<tr><td>${call}</td><td>${failure}</td><td>${effect}</td><td>${mitigation}</td></tr>`,
  )
  const plan = advice.plan.map(
    ({ phase, steps }) =>
      html`<li><strong>${htmlInline(phase)}</strong><ul>${steps.map((step) => html`<li>${htmlInline(step)}</li>`)}</ul></li>`,
  )
  const steps = (advice.sequence?.steps ?? []).map(
    ({ from, to, message }) => html`<li>${from} → ${to}: ${message}</li>`,
  )
  return html`<h2>The change as a whole</h2>
<p>Risk <strong>${advice.risk}</strong>, complexity <strong>${advice.complexity}</strong> (judged by the lead).</p>
${modes.length === 0 ? NO_HTML : html`<table><thead><tr><th>call</th><th>failure</th><th>effect</th><th>mitigation</th></tr></thead><tbody>${modes}</tbody></table>`}
${plan.length === 0 ? NO_HTML : html`<ol>${plan}</ol>`}
${steps.length === 0 ? NO_HTML : html`<p><strong>What happens, in order</strong></p><ol>${steps}</ol>`}`
}

const SIGNS = { reviewed: '✓', partial: '!', skipped: '–', failed: '✗' } as const
const CLASSES = { reviewed: 'good', partial: 'medium', skipped: 'quiet', failed: 'bad' } as const

/** Every changed file and how much of it was read: first what counts, then what was left out. */
function ledger(report: Report): Html {
  const { files } = report
  if (files.length === 0) return NO_HTML
  const selected = files.filter(({ decision }) => decision === 'selected')
  const skipped = files.filter(({ decision }) => decision === 'skipped')
  const read = selected.filter(({ coverage }) => coverage === 'reviewed').length
  const named = [...selected, ...skipped].slice(0, MAX_FILES)
  const counted = skippedReasons([...selected, ...skipped].slice(MAX_FILES))
  return html`<h2>Coverage</h2>
<p>${countWords(files.length, 'changed file')}, ${selected.length} about integrations, ${read} reviewed.</p>
<table>
<thead><tr><th>file</th><th>coverage</th><th>score</th><th>why</th></tr></thead>
<tbody>${named.map(ledgerRow)}</tbody>
</table>
${counted.map(({ reason, count }) => html`<p>${count} more: ${reason}</p>`)}`
}

function ledgerRow(file: ReportFile): Html {
  const why =
    file.decision === 'skipped'
      ? whyOf(file)
      : (file.because ?? file.reasons.map(({ detail }) => detail).join('; '))
  const { path, coverage, score } = file
  return html`<tr><td><code>${path}</code></td><td class="${CLASSES[coverage]}">${SIGNS[coverage]} ${coverage}</td><td class="number">${score === 0 ? '' : score.toFixed(2)}</td><td>${why}</td></tr>
`
}

function learned({ learnings }: Report): Html {
  if (learnings.length === 0) return NO_HTML
  const items = learnings.map(
    ({ text, citation }) =>
      html`<li>${htmlInline(text)}${citation === null ? NO_HTML : html` <code>${citation.path}:${citation.line}</code>`}</li>`,
  )
  return html`<h2>What was learned</h2>\n<ul>${items}</ul>`
}

function spent({ usage }: Report): string {
  return usage === null
    ? ''
    : ` · ${countWords(usage.modelCalls, 'turn')}, $${usage.usd.toFixed(2)}`
}
