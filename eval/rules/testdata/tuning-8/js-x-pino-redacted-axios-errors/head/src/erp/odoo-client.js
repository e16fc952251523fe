import axios, { isAxiosError } from 'axios'
import { config } from '../config.js'
import { logger } from '../logger.js'

const odoo = axios.create({
  baseURL: config.odoo.url,
  timeout: 20_000,
  headers: { authorization: `Bearer ${config.odoo.apiKey}` },
})

export class OdooError extends Error {}

export async function postInvoice(invoice) {
  try {
    const { data } = await odoo.put(`/api/invoices/${encodeURIComponent(invoice.number)}`, {
      partner: invoice.partnerId,
      lines: invoice.lines.map((l) => ({ sku: l.sku, quantity: l.quantity, unitCents: l.unitCents })),
    })
    if (!Number.isInteger(data?.id)) throw new OdooError(`invoice ${invoice.number}: answer without an id`)
    return data.id
  } catch (err) {
    if (isAxiosError(err)) {
      logger.error({ invoice: invoice.number, status: err.response?.status, request: err.config }, 'odoo refused')
      throw new OdooError(`invoice ${invoice.number}: ${err.message}`)
    }
    throw err
  }
}
