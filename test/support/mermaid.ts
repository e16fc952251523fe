import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Script } from 'node:vm'

/** An element of a drawing: its tag, its attributes, and the texts that stand directly in it. */
export interface Drawn {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly words: readonly string[]
}

interface Mermaid {
  readonly initialize: (config: object) => void
  readonly parse: (text: string) => Promise<{ readonly diagramType: string }>
  readonly render: (id: string, text: string) => Promise<{ readonly svg: string }>
}

/** What runs beside mermaid in the page. */
interface Page {
  readonly mermaid: Mermaid
  readonly drawn: (svg: string) => readonly Drawn[]
  readonly clean: () => void
}

/**
 * What mermaid needs of a page and jsdom lacks: text has one size, so that two drawings are alike to
 * the last number unless something besides words is different. And what is asked of a drawing, where
 * the types of a browser are at home.
 */
const IN_PAGE = `
  const size = () => ({ x: 0, y: 0, left: 0, top: 0, right: 80, bottom: 16, width: 80, height: 16 })
  SVGElement.prototype.getBBox = size
  SVGElement.prototype.getComputedTextLength = () => 80
  Element.prototype.getBoundingClientRect = size
  // Nothing is loaded here, and mermaid waits for the images of a label.
  HTMLImageElement.prototype.addEventListener = (_, heard) => setTimeout(heard)
  globalThis.page = {
    mermaid,
    clean: () => document.body.replaceChildren(),
    drawn: (svg) =>
      [...new DOMParser().parseFromString(svg, 'text/html').body.querySelectorAll('*')].map(
        (element) => ({
          tag: element.localName,
          attributes: Object.fromEntries(
            element.getAttributeNames().map((name) => [name, element.getAttribute(name)]),
          ),
          words: [...element.childNodes]
            .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
            .map(({ data }) => data),
        }),
      ),
  }
`

const require = createRequire(import.meta.url)

let page: Promise<Page> | null = null

/** Mermaid in a window of its own, so that no global of the process is touched. */
function openPage(): Promise<Page> {
  page ??= open()
  return page
}

async function open(): Promise<Page> {
  const { JSDOM } = await import('jsdom')
  const path = require.resolve('@mermaid-js/tiny')
  const context = new JSDOM('<!doctype html>', {
    runScripts: 'outside-only',
  }).getInternalVMContext()
  new Script(await readFile(path, 'utf8'), { filename: path }).runInContext(context)
  new Script(IN_PAGE).runInContext(context)
  const opened = context['page'] as Page
  // The least careful host: what stays harmless here does not live on mermaid's own cleaning.
  opened.mermaid.initialize({
    ...{ startOnLoad: false, suppressErrorRendering: true },
    ...{ securityLevel: 'loose', handDrawnSeed: 1 },
  })
  return opened
}

/** Every drawing leaves some megabytes behind: to be called after the last one of a file. */
export function closeMermaid(): void {
  page = null
}

/** The type of a diagram; throws what mermaid says about a text that is none. */
export async function parseDiagram(text: string): Promise<string> {
  const { mermaid } = await openPage()
  return (await mermaid.parse(text)).diagramType
}

/** A diagram as SVG, drawn by mermaid itself; throws where mermaid would draw a message instead. */
export async function renderDiagram(text: string): Promise<string> {
  const { mermaid, clean } = await openPage()
  try {
    const { svg } = await mermaid.render('drawing', text)
    const complaint = /Maximum text size in diagram exceeded|Unsupported markdown: \w+/.exec(svg)
    if (complaint !== null) throw new Error(complaint[0])
    return svg
  } finally {
    clean()
  }
}

/** The elements of a drawing in their order. */
export async function drawnIn(svg: string): Promise<readonly Drawn[]> {
  return (await openPage()).drawn(svg)
}
