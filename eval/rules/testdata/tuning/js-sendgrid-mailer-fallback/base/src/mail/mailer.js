const { Client } = require('@sendgrid/client');
const { MailService } = require('@sendgrid/mail');
const log = require('../log');

const apiKey = process.env.SENDGRID_API_KEY;
if (!apiKey) {
  throw new Error('SENDGRID_API_KEY is required');
}

const client = new Client();
client.setApiKey(apiKey);
client.setDefaultRequest('timeout', 8000);

const mail = new MailService();
mail.setClient(client);

async function sendTemplate(to, templateId, data) {
  const [response] = await mail.send({
    to,
    from: { email: 'no-reply@northwind-parcel.example', name: 'Northwind Parcel' },
    templateId,
    dynamicTemplateData: data,
  });
  log.info({ templateId, messageId: response.headers['x-message-id'] }, 'mail accepted');
  return response.headers['x-message-id'];
}

module.exports = { sendTemplate };
