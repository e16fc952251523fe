import { callWithoutTimeout } from '#core/rules/judge-timeout'
import { webhookUnverified } from '#core/rules/judge-webhook-signature'
import type { Judgement } from '#core/rules/observation'

/** The judgements that a rule can name. */
export const JUDGEMENTS = {
  'call-without-timeout': callWithoutTimeout,
  'webhook-unverified': webhookUnverified,
} as const satisfies Readonly<Record<string, Judgement>>

export type JudgementName = keyof typeof JUDGEMENTS
