export class DownloadTooLarge extends Error {
  constructor(readonly limit: number) {
    super(`the document is larger than ${limit} bytes`);
  }
}

export interface DownloadOptions {
  maxBytes: number;
  timeoutMs: number;
  headers?: Record<string, string>;
}

export async function downloadCapped(url: URL, options: DownloadOptions): Promise<Buffer> {
  const response = await fetch(url, {
    headers: options.headers,
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeoutMs),
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`${url.host} answered ${response.status}`);
  }

  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > options.maxBytes) {
      throw new DownloadTooLarge(options.maxBytes);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
