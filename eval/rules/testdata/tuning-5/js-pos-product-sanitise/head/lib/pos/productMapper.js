'use strict';

const Ajv = require('ajv');
const log = require('../log');

const ajv = new Ajv({ allErrors: false, removeAdditional: true });

const isProduct = ajv.compile({
  type: 'object',
  required: ['itemID', 'description', 'prices', 'archived'],
  additionalProperties: false,
  properties: {
    itemID: { type: 'string', pattern: '^[0-9]{1,12}$' },
    description: { type: 'string', minLength: 1, maxLength: 255 },
    archived: { enum: ['true', 'false'] },
    prices: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['useType', 'amount'],
        properties: {
          useType: { type: 'string' },
          amount: { type: 'string', pattern: '^[0-9]{1,7}\\.[0-9]{2}$' },
        },
      },
    },
  },
});

function toCents(amount) {
  return Number(amount.replace('.', ''));
}

/** Returns the product, or null when the till's record cannot be used. */
function mapProduct(raw) {
  if (!isProduct(raw)) {
    const [first] = isProduct.errors;
    log.warn({ itemID: raw && raw.itemID, at: first.instancePath, rule: first.keyword }, 'product skipped');
    return null;
  }
  const retail = raw.prices.find((p) => p.useType === 'Default');
  if (!retail) {
    log.warn({ itemID: raw.itemID }, 'product without default price skipped');
    return null;
  }
  return {
    externalId: raw.itemID,
    name: raw.description,
    priceCents: toCents(retail.amount),
    active: raw.archived === 'false',
  };
}

module.exports = { mapProduct, toCents };
