const crypto = require('crypto')
const { deals } = require('../services/pipedrive')
const { notifySales } = require('../services/slack')
const logger = require('../logger')

function signatureMatches(rawBody, header, secret) {
  const expected = Buffer.from(`sha256=${crypto.createHmac('sha256', secret).update(rawBody).digest('base64')}`)
  const actual = Buffer.from(header || '')
  return expected.length === actual.length && crypto.timingSafeEqual(expected, actual)
}

function answerOf(response, ref) {
  const answer = (response.answers || []).find((a) => a.field.ref === ref)
  return answer ? answer[answer.type] : undefined
}

exports.handler = async function handler(request) {
  const raw = request.isBase64Encoded ? Buffer.from(request.body, 'base64') : Buffer.from(request.body || '')
  if (!signatureMatches(raw, request.headers['typeform-signature'], process.env.TYPEFORM_SECRET)) {
    return { statusCode: 401 }
  }

  const event = JSON.parse(raw.toString('utf8'))
  if (event.event_type !== 'form_response') return { statusCode: 204 }

  const response = event.form_response
  const email = answerOf(response, 'email')
  if (!email) {
    logger.warn({ formId: response.form_id }, 'response has no email')
    return { statusCode: 204 }
  }

  const deal = await deals.create({
    title: `Group trip for ${answerOf(response, 'company') || email}`,
    email,
    value: answerOf(response, 'budget'),
    currency: 'EUR',
  })
  await notifySales(`New deal ${deal.id}`)
  logger.info({ dealId: deal.id }, 'deal created')
  return { statusCode: 200 }
}
