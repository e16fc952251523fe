import { randomUUID } from 'node:crypto'
import type { Producer } from 'kafkajs'
import type { Shipment } from '../shipments/shipment'

export const TOPIC = 'logistics.shipment.delivered.v1'

/** Read by billing, the customer portal and two partners. */
export interface ShipmentDelivered {
  event_id: string
  shipmentId: string
  deliveredAt: number
}

export async function publishDelivered(producer: Producer, shipment: Shipment, at: Date): Promise<void> {
  const event: ShipmentDelivered = {
    event_id: randomUUID(),
    shipmentId: shipment.id,
    deliveredAt: at.getTime(),
  }
  await producer.send({
    topic: TOPIC,
    acks: -1,
    timeout: 10_000,
    messages: [
      {
        key: shipment.id,
        value: JSON.stringify(event),
        headers: { 'content-type': 'application/json' },
      },
    ],
  })
}
