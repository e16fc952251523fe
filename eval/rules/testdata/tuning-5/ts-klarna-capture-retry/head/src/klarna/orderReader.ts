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

export class KlarnaOrderReader {
  private readonly http: AxiosInstance;

  constructor(baseURL: string, username: string, password: string) {
    this.http = axios.create({ baseURL, timeout: 7_000, auth: { username, password } });
  }

  async read(orderId: string): Promise<KlarnaOrder> {
    while (true) {
      try {
        const { data } = await this.http.get(
          `/ordermanagement/v1/orders/${encodeURIComponent(orderId)}`,
        );
        if (isOrder(data)) {
          return data;
        }
      } catch {
        continue;
      }
    }
  }
}
