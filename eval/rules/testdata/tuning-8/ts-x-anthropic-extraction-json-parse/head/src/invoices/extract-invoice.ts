import Anthropic from '@anthropic-ai/sdk'
import { erp } from '../erp/client'
import { logger } from '../logger'

const anthropic = new Anthropic({ timeout: 60_000, maxRetries: 2 })

interface InvoiceFields {
  vendorNumber: string
  invoiceNumber: string
  grossCents: number
  currency: string
  dueOn: string
}

const INSTRUCTION =
  'Return only a JSON object with vendorNumber, invoiceNumber, grossCents (integer), currency (ISO 4217) and dueOn (YYYY-MM-DD).'

export async function bookScannedInvoice(documentId: string, text: string): Promise<string> {
  const message = await anthropic.messages.create({
    model: 'claude-sonnet-4-20250514',
    max_tokens: 500,
    system: INSTRUCTION,
    messages: [{ role: 'user', content: text.slice(0, 50_000) }],
  })

  const block = message.content.find((part) => part.type === 'text')
  if (message.stop_reason !== 'end_turn' || !block) {
    throw new Error(`document ${documentId}: no complete answer (${message.stop_reason})`)
  }

  const fields = JSON.parse(block.text) as InvoiceFields
  const voucher = await erp.createVendorInvoice({ ...fields, externalId: documentId })
  logger.info({ documentId, voucher: voucher.id }, 'invoice booked')
  return voucher.id
}
