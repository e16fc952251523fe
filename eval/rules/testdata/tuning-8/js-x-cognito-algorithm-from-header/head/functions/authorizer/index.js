const jwt = require('jsonwebtoken')
const jwkToPem = require('jwk-to-pem')
const jwks = require('./jwks.json')
const { log } = require('../shared/log')

const PEMS = new Map(jwks.keys.map((key) => [key.kid, jwkToPem(key)]))
const ISSUER = process.env.COGNITO_ISSUER
const CLIENT_ID = process.env.COGNITO_CLIENT_ID

function policy(principalId, effect, resource, context = {}) {
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }],
    },
    context,
  }
}

exports.handler = async (event) => {
  const token = (event.authorizationToken || '').replace(/^Bearer /, '')
  const decoded = jwt.decode(token, { complete: true })
  const pem = decoded && PEMS.get(decoded.header.kid)
  if (!pem) {
    throw new Error('Unauthorized')
  }
  try {
    const claims = jwt.verify(token, pem, {
      algorithms: [decoded.header.alg],
      issuer: ISSUER,
      audience: CLIENT_ID,
    })
    if (claims.token_use !== 'id') throw new Error('token_use')
    return policy(claims.sub, 'Allow', event.methodArn, { company: String(claims['custom:company'] ?? '') })
  } catch (err) {
    log.info('token refused', { reason: err.message })
    throw new Error('Unauthorized')
  }
}
