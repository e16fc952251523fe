import type { Shipment } from '@acme/domain';
import { signAndDeliver } from './delivery';

export const SHIPMENT_UPDATED = 'shipment.updated';
export const SCHEMA_VERSION = '2022-09-01';

export interface ShipmentUpdatedPayload {
  version: typeof SCHEMA_VERSION;
  event: typeof SHIPMENT_UPDATED;
  shipment_id: string;
  status: string;
  tracking_number: string | null;
  carrier: string | null;
  updated_at: string;
}

export function toPayload(shipment: Shipment): ShipmentUpdatedPayload {
  return {
    version: SCHEMA_VERSION,
    event: SHIPMENT_UPDATED,
    shipment_id: shipment.publicId,
    status: shipment.status,
    tracking_number: shipment.trackingNumber,
    carrier: shipment.trackingNumber ? shipment.carrier : null,
    updated_at: shipment.updatedAt.toISOString(),
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
