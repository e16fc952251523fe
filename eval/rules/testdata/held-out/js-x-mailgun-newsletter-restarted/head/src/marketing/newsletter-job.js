const Queue = require('bull')
const Mailgun = require('mailgun.js')
const formData = require('form-data')
const config = require('../config')
const logger = require('../logger')
const issues = require('./issues')

const mailgun = new Mailgun(formData).client({
  username: 'api',
  key: config.mailgun.apiKey,
  url: 'https://api.eu.mailgun.net',
  timeout: 20_000,
})

const newsletter = new Queue('newsletter', config.redisUrl, {
  defaultJobOptions: { attempts: 5, backoff: { type: 'exponential', delay: 60_000 } },
})

newsletter.process(async (job) => {
  const issue = await issues.byId(job.data.issueId)
  const recipients = await issues.confirmedRecipients(issue.id)

  let sent = 0
  for (const recipient of recipients) {
    await mailgun.messages.create(config.mailgun.domain, {
      from: issue.sender,
      to: recipient.email,
      subject: issue.subject,
      html: issue.render(recipient),
      'h:List-Unsubscribe': `<${recipient.unsubscribeUrl}>`,
    })
    sent += 1
    await job.progress(Math.round((sent / recipients.length) * 100))
  }
  logger.info({ issue: issue.id, sent }, 'newsletter sent')
})

newsletter.on('failed', (job, err) => {
  logger.error({ issue: job.data.issueId, attempt: job.attemptsMade, message: err.message }, 'newsletter failed')
})

module.exports = newsletter
