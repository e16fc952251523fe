import { logger } from './logger';

export async function withRetries<T>(label: string, fn: () => Promise<T>, attempts = 5): Promise<T> {
  let lastError: unknown;
  for (let n = 1; n <= attempts; n += 1) {
    try {
      return await fn();
    } catch (err) {
      lastError = err;
      logger.warn({ label, attempt: n, message: (err as Error).message }, 'call failed, trying again');
    }
  }
  throw lastError;
}
