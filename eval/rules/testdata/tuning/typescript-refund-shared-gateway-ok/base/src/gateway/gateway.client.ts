import { Inject, Injectable } from '@nestjs/common';
import { GATEWAY_OPTIONS, GatewayOptions } from './gateway.options';
import { GatewayError } from './gateway.error';

@Injectable()
export class GatewayClient {
  constructor(@Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions) {}

  /** Commands carry the caller's id as idempotency key; the queue retries with the same id. */
  async command<T>(path: string, commandId: string, body: unknown): Promise<T> {
    const res = await fetch(`${this.options.baseUrl}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.options.token}`,
        'content-type': 'application/json',
        'idempotency-key': commandId,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(this.options.timeoutMs),
    });
    if (!res.ok) {
      await res.body?.cancel();
      throw new GatewayError(`gateway ${path} answered ${res.status}`, res.status);
    }
    return (await res.json()) as T;
  }
}
