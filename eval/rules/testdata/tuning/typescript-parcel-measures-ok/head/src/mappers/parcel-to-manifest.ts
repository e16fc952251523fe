import { z } from 'zod';

export const carrierParcel = z.object({
  tracking: z.string().min(1),
  weight_kg: z.string().regex(/^\d+(\.\d{1,3})?$/),
  length_cm: z.number().positive(),
  width_cm: z.number().positive(),
  height_cm: z.number().positive(),
  insured_value: z.object({ amount_minor: z.number().int().nonnegative(), currency: z.string().length(3) }),
  picked_up_at: z.string().datetime({ offset: true }),
});

export type CarrierParcel = z.infer<typeof carrierParcel>;

export interface ManifestLine {
  tracking: string;
  grams: number;
  volumeLitres: number;
  insuredMinor: number;
  currency: string;
  pickedUpAt: Date;
}

export function parcelToManifest(input: unknown): ManifestLine {
  const p = carrierParcel.parse(input);
  return {
    tracking: p.tracking,
    grams: Math.round(parseFloat(p.weight_kg) * 1000),
    volumeLitres: (p.length_cm * p.width_cm * p.height_cm) / 1000,
    insuredMinor: p.insured_value.amount_minor,
    currency: p.insured_value.currency,
    pickedUpAt: new Date(p.picked_up_at),
  };
}
