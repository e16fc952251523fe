const WooCommerceRestApi = require('@woocommerce/woocommerce-rest-api').default
const config = require('../config')
const logger = require('../logger')
const receipts = require('./receipts-repository')

const shop = new WooCommerceRestApi({
  url: config.shop.url,
  consumerKey: config.shop.key,
  consumerSecret: config.shop.secret,
  version: 'wc/v3',
  timeout: 15_000,
})

/** One worker; a receipt is goods that have come into the warehouse. */
async function pushReceipts() {
  const open = await receipts.notPushed(100)
  for (const receipt of open) {
    if (!(await receipts.claim(receipt.id))) continue
    try {
      const { data: product } = await shop.get(`products/${receipt.shopProductId}`)
      const quantity = (product.stock_quantity ?? 0) + receipt.quantity
      await shop.put(`products/${receipt.shopProductId}`, { stock_quantity: quantity })
      await receipts.markPushed(receipt.id)
      logger.info({ receipt: receipt.id, product: receipt.shopProductId, quantity }, 'stock raised')
    } catch (err) {
      logger.error({ receipt: receipt.id, status: err.response?.status, message: err.message }, 'receipt not pushed')
      await receipts.needsReview(receipt.id)
    }
  }
}

module.exports = { pushReceipts }
