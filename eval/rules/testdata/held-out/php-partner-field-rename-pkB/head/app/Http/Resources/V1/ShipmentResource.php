<?php

declare(strict_types=1);

namespace App\Http\Resources\V1;

use Illuminate\Http\Request;
use Illuminate\Http\Resources\Json\JsonResource;

/**
 * Representation of a shipment in the partner API, /api/partner/v1/shipments.
 *
 * @mixin \App\Models\Shipment
 */
class ShipmentResource extends JsonResource
{
    /** @return array<string, mixed> */
    public function toArray(Request $request): array
    {
        return [
            'id' => $this->uuid,
            'trackingCode' => $this->tracking_number,
            'weight' => $this->weight_grams,
            'status' => $this->status->value,
            'carrier' => $this->carrier->code,
            'created_at' => $this->created_at->toIso8601String(),
            'delivered_at' => $this->delivered_at?->toIso8601String(),
            'consignee' => [
                'name' => $this->consignee_name,
                'country' => $this->consignee_country,
                'postcode' => $this->consignee_postcode,
            ],
        ];
    }
}
