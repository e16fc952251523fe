/** The repository of the README's transcript: files by path, before the change and by the change. */
export const SAMPLE_BEFORE: Readonly<Record<string, string>> = {
  'package.json': `{
  "name": "sample-shop",
  "type": "module",
  "dependencies": {
    "express": "5.1.0",
    "stripe": "19.1.0"
  }
}
`,
  'src/orders.ts': `const paid = new Set<string>()

export async function markPaid(order: string): Promise<void> {
  paid.add(order)
}
`,
  'README.md': '# Sample shop\n',
}

export const SAMPLE_CHANGE: Readonly<Record<string, string>> = {
  'README.md': '# Sample shop\n\nTakes payments by Stripe.\n',
  'src/webhooks/stripe.ts': `import express from 'express'
import Stripe from 'stripe'
import { markPaid } from '../orders.ts'

const stripe = new Stripe(process.env.STRIPE_KEY ?? '')
export const router = express.Router()

router.post('/webhooks/stripe', express.json(), async (req, res) => {
  const event = req.body
  if (event.type === 'checkout.session.completed') {
    await markPaid(event.data.object.client_reference_id)
  }
  res.sendStatus(200)
})

export async function charge(customer: string, cents: number) {
  return stripe.paymentIntents.create({ customer, amount: cents, currency: 'eur', confirm: true })
}
`,
  'src/warehouse.ts': `const base = 'https://api.warehouse.example/v1'

export async function reserve(sku: string, amount: number): Promise<void> {
  const response = await fetch(\`\${base}/reservations\`, {
    method: 'POST',
    headers: { authorization: \`Bearer \${process.env.WAREHOUSE_TOKEN}\` },
    body: JSON.stringify({ sku, amount }),
  })
  if (!response.ok) throw new Error(\`the warehouse answered \${response.status}\`)
}
`,
}
