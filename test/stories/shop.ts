/** A small shop that already sends mail and takes payments, and a change that adds flaws to it. */
export const SHOP_FILES: Readonly<Record<string, string>> = {
  'README.md': '# shop\n',
  'src/mail.ts': [
    "import sendgrid from '@sendgrid/mail'",
    '',
    "sendgrid.setApiKey(process.env.SENDGRID_API_KEY ?? '')",
    '',
    'export async function sendReceipt(to: string, text: string): Promise<void> {',
    "  await sendgrid.send({ to, from: 'shop@acme.example', subject: 'Receipt', text })",
    '}',
    '',
  ].join('\n'),
  'src/stripe-client.ts': [
    "import Stripe from 'stripe'",
    '',
    "export const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? '', {",
    "  apiVersion: '2024-06-20',",
    '  timeout: 10_000,',
    '  maxNetworkRetries: 2,',
    '})',
    '',
  ].join('\n'),
}

/** What the pull request adds: a payment without a key and a call without a timeout. */
export const FLAWED: Readonly<Record<string, string>> = {
  'src/charge.ts': [
    "import { stripe } from './stripe-client'",
    '',
    'export async function charge(order: { id: string; cents: number }) {',
    "  return stripe.paymentIntents.create({ amount: order.cents, currency: 'eur', confirm: true })",
    '}',
    '',
  ].join('\n'),
  'src/crm.ts': [
    "const HUBSPOT = 'https://api.hubapi.com/crm/v3/objects/deals'",
    '',
    'export async function reportDeal(order: { id: string }): Promise<void> {',
    '  const response = await fetch(HUBSPOT, {',
    "    method: 'POST',",
    '    headers: { authorization: `Bearer ${process.env.HUBSPOT_TOKEN}` },',
    '    body: JSON.stringify({ properties: { dealname: order.id } }),',
    '  })',
    '  if (!response.ok) throw new Error(`HubSpot answered ${response.status}`)',
    '}',
    '',
  ].join('\n'),
}

/** The same change with both flaws mended. */
export const MENDED: Readonly<Record<string, string>> = {
  'src/charge.ts': (FLAWED['src/charge.ts'] ?? '').replace(
    'confirm: true })',
    'confirm: true }, { idempotencyKey: order.id })',
  ),
  'src/crm.ts': (FLAWED['src/crm.ts'] ?? '').replace(
    "method: 'POST',",
    "method: 'POST',\n    signal: AbortSignal.timeout(5_000),",
  ),
}
