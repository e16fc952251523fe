import { setTimeout as sleep } from 'node:timers/promises';
import axios, { type AxiosInstance } from 'axios';

export interface KlarnaOrder {
  order_id: string;
  status: 'AUTHORIZED' | 'PART_CAPTURED' | 'CAPTURED' | 'CANCELLED' | 'EXPIRED' | 'CLOSED';
  remaining_authorized_amount: number;
}

const STATES = new Set(['AUTHORIZED', 'PART_CAPTURED', 'CAPTURED', 'CANCELLED', 'EXPIRED', 'CLOSED']);

function isOrder(value: unknown): value is KlarnaOrder {
  const v = value as Partial<KlarnaOrder> | null;
  return (
    !!v &&
    typeof v.order_id === 'string' &&
    typeof v.remaining_authorized_amount === 'number' &&
    STATES.has(v.status as string)
  );
}

function isTemporary(err: unknown): boolean {
  if (!axios.isAxiosError(err)) return false;
  const status = err.response?.status;
  return status === undefined || status === 429 || status >= 500;
}

function pauseFor(err: unknown, attempt: number): number {
  const header = axios.isAxiosError(err) ? Number(err.response?.headers['retry-after']) : NaN;
  if (Number.isFinite(header) && header > 0) {
    return Math.min(header, 30) * 1000;
  }
  return Math.random() * 250 * 2 ** attempt + 100;
}

export class KlarnaOrderReader {
  private readonly http: AxiosInstance;

  constructor(baseURL: string, username: string, password: string) {
    this.http = axios.create({ baseURL, timeout: 7_000, auth: { username, password } });
  }

  async read(orderId: string): Promise<KlarnaOrder> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { data } = await this.http.get(
          `/ordermanagement/v1/orders/${encodeURIComponent(orderId)}`,
        );
        if (!isOrder(data)) {
          throw new TypeError(`unexpected klarna order shape for ${orderId}`);
        }
        return data;
      } catch (err) {
        if (attempt >= 3 || !isTemporary(err)) {
          throw err;
        }
        await sleep(pauseFor(err, attempt));
      }
    }
  }
}
