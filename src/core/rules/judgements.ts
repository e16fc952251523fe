import { comparedPlainly } from '#core/rules/judge-comparison'
import { checkedThenActed } from '#core/rules/judge-event-claim'
import { slotKeptOnFailure } from '#core/rules/judge-event-slot'
import { failureSwallowed, statusUnchecked } from '#core/rules/judge-failure'
import { freshKey } from '#core/rules/judge-fresh-key'
import { foreignAddress, textRunAsCode, valueInText } from '#core/rules/judge-glued-text'
import { paymentWithoutKey } from '#core/rules/judge-idempotency'
import { interfaceEnded } from '#core/rules/judge-interface-ended'
import { jwtDecodedOnly } from '#core/rules/judge-jwt'
import { limitPassedOver, tokenForEachCall } from '#core/rules/judge-limited'
import { payloadLogged, secretLogged } from '#core/rules/judge-logging'
import { lostUpdate } from '#core/rules/judge-lost-update'
import { hostNotation, unitNotRead, unknownAsGood } from '#core/rules/judge-mapping'
import { amountNotRounded } from '#core/rules/judge-money'
import { callNotAwaited } from '#core/rules/judge-not-awaited'
import { firstPageOnly } from '#core/rules/judge-pages'
import { deletedAfterPartial } from '#core/rules/judge-partial-delete'
import { repeatedMoney } from '#core/rules/judge-repeated-money'
import { replayNotLimited } from '#core/rules/judge-replay'
import { retryWithoutLimit, retryWithoutWait } from '#core/rules/judge-retry'
import { secretByName, secretInCode } from '#core/rules/judge-secret'
import { ignoredWithoutReason } from '#core/rules/judge-suppression'
import { takenForSuccess } from '#core/rules/judge-taken-for-success'
import { bodyBelieved, modelAnswerTrusted, takenOver } from '#core/rules/judge-taken-over'
import { callWithoutTimeout } from '#core/rules/judge-timeout'
import { acknowledgedBeforeStored, failureAcknowledged } from '#core/rules/judge-webhook-ack'
import { webhookBodyRewritten } from '#core/rules/judge-webhook-body'
import { workOnlyInMemory } from '#core/rules/judge-webhook-memory'
import { eventNotDeduplicated } from '#core/rules/judge-webhook-repeat'
import { webhookSenderUnchecked } from '#core/rules/judge-webhook-sender'
import { webhookUnverified } from '#core/rules/judge-webhook-signature'
import { slowBeforeAnswer } from '#core/rules/judge-webhook-slow'
import { wholeBody } from '#core/rules/judge-whole-body'
import { recordLogged } from '#core/rules/logged-records'
import type { Judgement } from '#core/rules/observation'

/** The judgements that a rule can name. */
export const JUDGEMENTS = {
  'acknowledged-before-stored': acknowledgedBeforeStored,
  'amount-not-rounded': amountNotRounded,
  'body-believed': bodyBelieved,
  'call-not-awaited': callNotAwaited,
  'call-without-timeout': callWithoutTimeout,
  'checked-then-acted': checkedThenActed,
  'compared-plainly': comparedPlainly,
  'deleted-after-partial': deletedAfterPartial,
  'event-not-deduplicated': eventNotDeduplicated,
  'failure-acknowledged': failureAcknowledged,
  'failure-swallowed': failureSwallowed,
  'first-page-only': firstPageOnly,
  'foreign-address': foreignAddress,
  'fresh-key': freshKey,
  'host-notation': hostNotation,
  'ignored-without-reason': ignoredWithoutReason,
  'interface-ended': interfaceEnded,
  'jwt-decoded-only': jwtDecodedOnly,
  'limit-passed-over': limitPassedOver,
  'lost-update': lostUpdate,
  'model-answer-trusted': modelAnswerTrusted,
  'payload-logged': payloadLogged,
  'payment-without-key': paymentWithoutKey,
  'record-logged': recordLogged,
  'repeated-money': repeatedMoney,
  'replay-not-limited': replayNotLimited,
  'retry-without-limit': retryWithoutLimit,
  'retry-without-wait': retryWithoutWait,
  'secret-by-name': secretByName,
  'secret-in-code': secretInCode,
  'secret-logged': secretLogged,
  'slot-kept-on-failure': slotKeptOnFailure,
  'slow-before-answer': slowBeforeAnswer,
  'status-unchecked': statusUnchecked,
  'taken-for-success': takenForSuccess,
  'taken-over': takenOver,
  'text-run-as-code': textRunAsCode,
  'token-for-each-call': tokenForEachCall,
  'unit-not-read': unitNotRead,
  'unknown-as-good': unknownAsGood,
  'value-in-text': valueInText,
  'webhook-body-rewritten': webhookBodyRewritten,
  'webhook-sender-unchecked': webhookSenderUnchecked,
  'webhook-unverified': webhookUnverified,
  'whole-body': wholeBody,
  'work-only-in-memory': workOnlyInMemory,
} as const satisfies Readonly<Record<string, Judgement>>

export type JudgementName = keyof typeof JUDGEMENTS
