import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { LexwareClient } from './lexware.mjs'
import { bookings } from './bookings.mjs'

const secrets = new SecretsManagerClient({})
let client

async function lexware() {
  if (!client) {
    const secret = await secrets.send(new GetSecretValueCommand({ SecretId: process.env.LEXWARE_SECRET_ARN }))
    client = new LexwareClient({ apiKey: JSON.parse(secret.SecretString).apiKey, timeoutMs: 8_000 })
  }
  return client
}

export async function handler(event) {
  const api = await lexware()
  let booked = 0

  for (const record of event.Records) {
    try {
      const invoice = JSON.parse(record.body)
      if (await bookings.exists(invoice.id)) continue
      const voucher = await api.createVoucher({
        voucherNumber: invoice.number,
        voucherDate: invoice.issuedOn,
        totalGrossAmount: invoice.grossTotal,
        contactId: invoice.lexwareContactId,
      })
      await bookings.save(invoice.id, voucher.id)
      booked += 1
    } catch (err) {
      console.error('invoice not booked', { messageId: record.messageId, error: err.message })
    }
  }

  console.info('batch finished', { size: event.Records.length, booked })
}
