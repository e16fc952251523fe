import axios from 'axios';
import type { Receipt } from '../domain/receipt';
import { renderReceipt } from './render';
import { logger } from '../logger';
import { required } from '../env';

const MANDRILL_URL = 'https://mandrillapp.com/api/1.4/messages/send';
const apiKey = required('MANDRILL_API_KEY');

const http = axios.create({ timeout: 7_000 });

interface MandrillResult {
  email: string;
  status: 'sent' | 'queued' | 'scheduled' | 'rejected' | 'invalid';
  reject_reason: string | null;
  _id: string;
}

export async function sendReceipt(receipt: Receipt): Promise<string> {
  const { data } = await http.post<MandrillResult[]>(MANDRILL_URL, {
    key: apiKey,
    message: {
      from_email: 'receipts@northpantry.com',
      to: [{ email: receipt.customerEmail, type: 'to' }],
      subject: `Your receipt ${receipt.number}`,
      html: renderReceipt(receipt),
      metadata: { receipt: receipt.number },
    },
  });

  const [result] = data;
  if (!result || result.status === 'rejected' || result.status === 'invalid') {
    throw new Error(`receipt ${receipt.number} not accepted: ${result?.reject_reason ?? result?.status}`);
  }
  logger.info({ receipt: receipt.number, mandrillId: result._id }, 'receipt handed to mandrill');
  return result._id;
}
