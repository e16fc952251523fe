import { readFileSync } from 'node:fs'
import got from 'got'
import { z } from 'zod'
import { config } from '../config'

const Initiated = z.object({
  paymentId: z.string(),
  transactionStatus: z.enum(['RCVD', 'ACTC', 'PDNG', 'RJCT']),
  _links: z.object({ scaRedirect: z.object({ href: z.string().url() }).optional() }),
})

const psd2 = got.extend({
  prefixUrl: config.psd2.baseUrl,
  https: { certificate: readFileSync(config.psd2.certFile), key: readFileSync(config.psd2.keyFile) },
  timeout: { request: 20_000 },
  responseType: 'json',
  retry: { limit: 3, methods: ['GET', 'POST'], statusCodes: [500, 502, 503, 504] },
})

export interface CreditTransfer {
  endToEndId: string
  debtorIban: string
  creditorIban: string
  creditorName: string
  amount: string
  remittance: string
  psuIp: string
}

export async function initiate(consentToken: string, transfer: CreditTransfer) {
  const response = await psd2.post('v1/payments/sepa-credit-transfers', {
    headers: { authorization: `Bearer ${consentToken}`, 'psu-ip-address': transfer.psuIp },
    json: {
      endToEndIdentification: transfer.endToEndId,
      debtorAccount: { iban: transfer.debtorIban },
      creditorAccount: { iban: transfer.creditorIban },
      creditorName: transfer.creditorName,
      instructedAmount: { currency: 'EUR', amount: transfer.amount },
      remittanceInformationUnstructured: transfer.remittance,
    },
  })
  return Initiated.parse(response.body)
}
