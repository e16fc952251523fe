const express = require('express')
const helmet = require('helmet')
const woocommerce = require('./routes/woocommerce')
const errorHandler = require('./middleware/error-handler')

const app = express()
app.use(helmet())
app.use(
  express.json({
    limit: '1mb',
    verify: (req, _res, buf) => {
      req.rawBody = buf
    },
  }),
)
app.use('/webhooks', woocommerce)
app.use(errorHandler)

module.exports = app
