import sgMail from '@sendgrid/mail';
import { renderTemplate } from './templates.js';

const settings = {
  apiKey: process.env.SENDGRID_API_KEY ?? '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',
  from: { email: 'orders@fernlea.example', name: 'Fernlea Orders' },
  replyTo: 'support@fernlea.example',
};

sgMail.setApiKey(settings.apiKey);
sgMail.setTimeout(10_000);

export async function sendOrderMail(order, template) {
  const { subject, html, text } = await renderTemplate(template, order);
  const [res] = await sgMail.send({
    to: order.customer.email,
    from: settings.from,
    replyTo: settings.replyTo,
    subject,
    html,
    text,
    customArgs: { orderId: order.id, template },
  });
  return res.headers['x-message-id'];
}
