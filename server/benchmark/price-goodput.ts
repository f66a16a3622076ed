/** What a machine costs an hour, from whom and when; a price without a date is no price. */
export type DatedPrice = { usdPerHour: number; asOf: string; source: string };

export type GoodputPrice = DatedPrice & { usdPer1k: number; goodputRps: number };

/**
 * Cost of a thousand answers at the rate that still holds the target. The peak rate would flatter: nobody wants the
 * answers that come too late. Null where no rate holds it.
 */
export function priceGoodput(goodputRps: number | null, price: DatedPrice | null): GoodputPrice | null {
  if (goodputRps === null || !(goodputRps > 0) || price === null) return null;
  return { ...price, goodputRps, usdPer1k: (price.usdPerHour / 3600 / goodputRps) * 1000 };
}
