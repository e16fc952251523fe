import type { Shipment } from '@acme/domain';
import { signAndDeliver } from './delivery';

export const SHIPMENT_UPDATED = 'shipment.updated';
export const SCHEMA_VERSION = '2022-09-01';

export interface ShipmentUpdatedPayload {
  version: typeof SCHEMA_VERSION;
  event: typeof SHIPMENT_UPDATED;
  shipmentId: string;
  state: string;
  tracking: { carrier: string; number: string } | null;
  updatedAt: number;
}

export function toPayload(shipment: Shipment): ShipmentUpdatedPayload {
  return {
    version: SCHEMA_VERSION,
    event: SHIPMENT_UPDATED,
    shipmentId: shipment.publicId,
    state: shipment.status,
    tracking: shipment.trackingNumber
      ? { carrier: shipment.carrier, number: shipment.trackingNumber }
      : null,
    updatedAt: shipment.updatedAt.getTime(),
  };
}

export async function publishShipmentUpdated(
  shipment: Shipment,
  subscribers: { id: string; endpoint: string }[],
): Promise<void> {
  const body = toPayload(shipment);
  for (const subscriber of subscribers) {
    await signAndDeliver(subscriber, body, {
      messageId: `${shipment.publicId}:${shipment.revision}:${subscriber.id}`,
    });
  }
}
