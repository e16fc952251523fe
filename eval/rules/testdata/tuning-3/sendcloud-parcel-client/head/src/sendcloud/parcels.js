import fetch from 'node-fetch';
import { config } from '../config.js';
import { shipments } from '../store/shipments.js';

const AUTH = `Basic ${Buffer.from(`${config.sendcloud.publicKey}:${config.sendcloud.secretKey}`).toString('base64')}`;

function toParcel(order) {
  const { recipient } = order;
  return {
    name: recipient.name,
    address: recipient.street,
    house_number: recipient.houseNumber,
    city: recipient.city,
    postal_code: recipient.postalCode,
    country: recipient.country,
    order_number: order.number,
    weight: (order.weightGrams / 1000).toFixed(3),
    request_label: true,
    shipment: { id: order.shippingMethodId },
  };
}

export async function createParcel(order) {
  const response = await fetch('https://panel.sendcloud.sc/api/v2/parcels', {
    method: 'POST',
    headers: { authorization: AUTH, 'content-type': 'application/json' },
    body: JSON.stringify({ parcel: toParcel(order) }),
    signal: AbortSignal.timeout(12000),
  });

  const body = await response.json();
  const parcel = body.parcel || {};
  await shipments.save({
    orderId: order.id,
    parcelId: parcel.id,
    trackingNumber: parcel.tracking_number,
    labelUrl: parcel.label && parcel.label.label_printer,
  });
  return parcel;
}
