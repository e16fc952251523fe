import { createHash } from 'node:crypto'
import { type Html, html, trusted } from '#core/render/html'

/** Readable on a phone, on a wall and on paper, by day and by night; no colour says a thing alone. */
const STYLE = `
:root { color-scheme: light dark;
  --page: light-dark(#f6f7f9, #0f1216); --card: light-dark(#fff, #181c22);
  --ink: light-dark(#1b2026, #e6e9ee); --quiet: light-dark(#59636f, #9aa5b3);
  --line: light-dark(#dde2e8, #2b323b); --code: light-dark(#f1f3f6, #11151a);
  --critical: light-dark(#a40e26, #ff7b86); --high: light-dark(#b04a00, #ffa657);
  --medium: light-dark(#7d6100, #e3c34a); --low: light-dark(#4a5a6a, #a3b3c4);
  --good: light-dark(#17692d, #62c67a); --bad: light-dark(#a40e26, #ff7b86); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--page);
  color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.6rem, 5vw, 2.5rem); line-height: 1.15; margin: 0 0 .75rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; }
h3 { font: 600 .95rem/1.4 ui-monospace, monospace; margin: 1.75rem 0 .6rem; }
h4 { font-size: 1.1rem; line-height: 1.35; margin: 0; }
p { margin: .6rem 0; } ul, ol { padding-left: 1.4rem; margin: .6rem 0; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, monospace; font-size: .875em; }
code { background: var(--code); border-radius: 4px; padding: .1em .3em; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px;
  padding: .7rem .9rem; margin: .8rem 0; white-space: pre-wrap; tab-size: 2; }
pre code { background: none; padding: 0; font-size: 1em; }
.quiet { color: var(--quiet); font-size: .875rem; }
.quiet code { background: none; padding: 0; }
.counts { display: flex; flex-wrap: wrap; gap: .6rem; list-style: none; padding: 0; margin: 0 0 1rem; }
.counts li { border: 2px solid currentColor; border-radius: 999px; padding: .15rem .9rem;
  font-weight: 650; }
.counts b { font-size: 1.25em; margin-right: .15em; }
.critical { color: var(--critical); } .high { color: var(--high); }
.medium { color: var(--medium); } .low { color: var(--low); }
.good { color: var(--good); } .bad { color: var(--bad); }
.notice { border-left: 4px solid var(--medium); padding: .1rem 0 .1rem .9rem; }
article { background: var(--card); border: 1px solid var(--line); border-left: 6px solid;
  border-radius: 10px; margin: 0 0 1.1rem; padding: 1rem 1.15rem; break-inside: avoid; }
article > * { color: var(--ink); }
article > .quiet { color: var(--quiet); }
.severity { text-transform: uppercase; letter-spacing: .06em; font-size: .75em; font-weight: 700;
  margin-right: .5em; }
.glance { list-style: none; padding: 0; margin: 1rem 0 0; } .glance li { margin: .25rem 0; }
.glance .severity { display: inline-block; min-width: 5.5rem; margin: 0; }
a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: .2em; }
:target { outline: 3px solid var(--quiet); }
.parts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: .8rem 0 0; }
.parts dt { font-weight: 650; } .parts dd { margin: 0; min-width: 0; }
.parts dd > :first-child { margin-top: 0; } .parts dd > :last-child { margin-bottom: 0; }
.excerpt { display: grid; grid-template-columns: auto 1fr; gap: 0 .9rem; }
.excerpt .place { grid-column: 1 / -1; color: var(--quiet); padding-top: .3rem; }
.excerpt i { color: var(--quiet); font-style: normal; text-align: right; user-select: none; }
.row { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: .9rem 1.15rem; margin: 0 0 1.1rem; break-inside: avoid; }
.cells { display: grid; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr));
  gap: .15rem 1rem; list-style: none; padding: 0; margin: .6rem 0 0; }
.cells b { display: inline-block; width: 1.2em; text-align: center; }
.cells .quiet { font-size: 1em; }
.lacks { border-top: 1px solid var(--line); margin: .7rem 0 0; padding: .5rem 0 0; }
.lacks div { display: flex; flex-wrap: wrap; gap: 0 .5rem; } .lacks dt { font-weight: 600; }
.lacks dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem .45rem 0;
  border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; } td:nth-child(2) { white-space: nowrap; }
td.number { font-variant-numeric: tabular-nums; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .8rem; }
@media (max-width: 40rem) {
  body { padding: 1.25rem .9rem 3rem; }
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0; }
  .parts { grid-template-columns: 1fr; gap: 0; } .parts dd { margin-bottom: .6rem; }
  td { display: inline; border: 0; padding: 0; margin-right: .6rem; }
  td:first-child, td:last-child { display: block; } }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10.5pt; background: #fff; }
  h2, h3 { break-after: avoid; } tr { break-inside: avoid; }
  * { print-color-adjust: exact; } }
`

/** What a browser may do with the page: show it in our style, and nothing else. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** A whole page that needs nothing but itself: no script, no font, no address is asked for. */
export function htmlPage(title: string, body: Html): string {
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>`.markup
  }\n`
}
