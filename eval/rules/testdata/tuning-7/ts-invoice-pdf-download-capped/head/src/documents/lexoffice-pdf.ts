import { config } from '../config';
import { downloadCapped } from './download-capped';

const PDF_MAGIC = Buffer.from('%PDF-');

export async function invoicePdf(fileId: string): Promise<Buffer> {
  const url = new URL(`/v1/files/${encodeURIComponent(fileId)}`, 'https://api.lexoffice.io');
  const pdf = await downloadCapped(url, {
    maxBytes: 15 * 1024 * 1024,
    timeoutMs: 20_000,
    headers: { authorization: `Bearer ${config.lexoffice.apiKey}`, accept: 'application/pdf' },
  });
  if (!pdf.subarray(0, PDF_MAGIC.length).equals(PDF_MAGIC)) {
    throw new Error(`file ${fileId} is not a PDF`);
  }
  return pdf;
}
