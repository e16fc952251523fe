const express = require('express')
const { MessagingResponse } = require('twilio').twiml
const appointments = require('../services/appointments')
const contacts = require('../services/contacts')
const inbound = require('../db/inbound-messages')
const logger = require('../logger')

const router = express.Router()

router.post('/twilio/inbound', express.urlencoded({ extended: false, limit: '64kb' }), async (req, res, next) => {
  const { From, Body, MessageSid } = req.body
  if (!From || !MessageSid) return res.sendStatus(400)

  try {
    const reply = new MessagingResponse()
    // unique on message sid
    const isNew = await inbound.insertOnce({ sid: MessageSid, from: From, body: Body || '' })
    if (!isNew) return res.type('text/xml').send(reply.toString())

    const word = (Body || '').trim().toUpperCase()
    if (word === 'STOP' || word === 'UNSUBSCRIBE') {
      await contacts.optOut(From)
    } else if (word === 'YES') {
      const appointment = await appointments.confirmNextFor(From)
      reply.message(appointment ? `Confirmed for ${appointment.when}.` : 'We found no open appointment.')
    } else if (word === 'NO') {
      await appointments.cancelNextFor(From)
      reply.message('Your appointment was cancelled.')
    } else {
      reply.message('Please answer YES or NO.')
    }
    logger.info({ sid: MessageSid }, 'inbound sms handled')
    res.type('text/xml').send(reply.toString())
  } catch (err) {
    next(err)
  }
})

module.exports = router
