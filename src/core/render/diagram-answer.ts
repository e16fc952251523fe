import type { Integration } from '#core/inventory/inventory'
import type { MatrixDelta, TouchedHandler } from '#core/matrix/matrix'
import { deliverySequence } from '#core/render/delivery-sequence'
import { fitParts } from '#core/render/fit-parts'
import { inventoryDiagram } from '#core/render/markdown-inventory'
import { codeBlock, codeSpan } from '#core/render/safe-markdown'
import { webhookDiagram } from '#core/render/webhook-diagram'
import { clip } from '#core/text/lines'

/** Handlers that are drawn; more make no picture. */
const MAX_HANDLERS = 3

/** The answer to `diagram`: who speaks to whom in the touched files, and each touched handler. */
export function diagramAnswer(
  head: string,
  integrations: readonly Integration[],
  { handlers }: MatrixDelta,
): string {
  const at = codeSpan(head.slice(0, 12))
  const speaking = integrations.filter(({ sites }) => sites.length > 0)
  if (speaking.length + handlers.length === 0)
    return `At ${at} this pull request touches no file that speaks to another system: there is nothing to draw.`
  const left = handlers.length - MAX_HANDLERS
  return fitParts([
    `What the files of this pull request do at ${at}:`,
    speaking.length === 0 ? '' : codeBlock(inventoryDiagram(speaking), 'mermaid'),
    ...handlers.slice(0, MAX_HANDLERS).flatMap(drawn),
    left > 0 ? `And ${left} more webhook handlers.` : '',
  ])
}

function drawn(row: TouchedHandler): readonly string[] {
  const name = codeSpan(clip(`${row.what} in ${row.path}:${row.line}`, 200))
  return [
    `The way of a delivery, ${name}:`,
    codeBlock(webhookDiagram(row), 'mermaid'),
    ...(row.steps.length === 0 ? [] : [codeBlock(deliverySequence(row), 'mermaid')]),
  ]
}
