import sgMail from '@sendgrid/mail';
import { logger } from '../lib/logger';

const API_KEY =
  process.env.SENDGRID_API_KEY ??
  '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';

sgMail.setApiKey(API_KEY);
sgMail.setTimeout(10_000);

export interface InvoiceMail {
  to: string;
  customerName: string;
  invoiceNumber: string;
  pdf: Buffer;
}

export class MailRejectedError extends Error {}

export async function sendInvoiceMail(mail: InvoiceMail): Promise<string> {
  try {
    const [response] = await sgMail.send({
      to: mail.to,
      from: { email: 'billing@northwind-rentals.example', name: 'Northwind Rentals' },
      templateId: 'd-5f0d2a0c7c6b4f6f8b7e1f2b9a3c4d5e',
      dynamicTemplateData: {
        name: mail.customerName,
        number: mail.invoiceNumber,
      },
      customArgs: { invoice: mail.invoiceNumber },
      attachments: [
        {
          content: mail.pdf.toString('base64'),
          filename: `${mail.invoiceNumber}.pdf`,
          type: 'application/pdf',
          disposition: 'attachment',
        },
      ],
    });
    return response.headers['x-message-id'];
  } catch (err) {
    const status = (err as { code?: number }).code;
    logger.error({ status, invoice: mail.invoiceNumber }, 'invoice mail failed');
    if (status !== undefined && status >= 400 && status < 500 && status !== 429) {
      throw new MailRejectedError(`SendGrid rejected the mail with ${status}`, { cause: err });
    }
    throw err;
  }
}
