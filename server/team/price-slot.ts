import { sayRoom } from "#server/messages/say.ts";
import type { PayPer, PayRange } from "./hiring-schema.ts";
import { PILOT_DAYS } from "./plan-hiring.ts";
import type { CalendarDate, HiringSlot } from "./schema.ts";
import { countDays } from "./shift-date.ts";

const say = sayRoom("staffing");

/** Working days in a year, as loaded day rates are computed (house). */
export const WORKING_DAYS_A_YEAR = 220;
/**
 * What an employer pays on top, as a share of the whole: 31 % in the releases of 2015 to 2018 of the US Bureau of Labor
 * Statistics, Employer Costs for Employee Compensation. Of another country it is another one: the page asks.
 */
export const BENEFIT_SHARE_PCT = 31;
const HOURS_A_DAY = 8;
/** A price is looked up again after a quarter. */
export const PAY_STALE_AFTER_DAYS = 90;

/** Both ends of a range, in whole units of the currency. */
export type Money = { min: number; max: number; currency: string };

export type SlotCost = {
  /** Working days of the pilot that this line takes. */
  days: number;
  /** For the pilot. Null: nothing is paid, or nobody has said what the role is paid. */
  pilot: Money | null;
  /** For a year after the handoff; only of a permanent job. */
  yearly: Money | null;
  /** How it was computed, or why there is no amount. */
  how: string;
};

export type Pricing = { pay: PayRange[]; benefitSharePct?: number | undefined; asOf: CalendarDate };

export function priceSlot(
  slot: HiringSlot,
  { pay, benefitSharePct = BENEFIT_SHARE_PCT, asOf }: Pricing,
): SlotCost {
  const days = round1(slot.action === "descope" || slot.action === "train" ? 0 : slot.count * PILOT_DAYS);
  const free = (how: string): SlotCost => ({ days, pilot: null, yearly: null, how });
  if (slot.action === "descope") return free(say("cost.descope"));
  if (slot.action === "train") return free(say("cost.train"));
  if (slot.action === "borrow") return free(say("cost.borrow", { days }));
  const engagement = slot.action === "hire" ? "permanent" : "contract";
  const range = pay.find((one) => one.roleId === slot.roleId && one.engagement === engagement);
  if (!range) return free(say("cost.noPay", { days, engagement }));
  const loading = engagement === "permanent" ? 1 / (1 - benefitSharePct / 100) : 1;
  const rate = { min: dayRate(range.min, range.per) * loading, max: dayRate(range.max, range.per) * loading };
  const times = (factor: number): Money => ({
    min: Math.round(rate.min * factor),
    max: Math.round(rate.max * factor),
    currency: range.currency,
  });
  const isOld = countDays(range.asOf, asOf) > PAY_STALE_AFTER_DAYS;
  return {
    days,
    pilot: times(days),
    yearly: engagement === "permanent" ? times(slot.count * WORKING_DAYS_A_YEAR) : null,
    how: say("cost.how", {
      days,
      engagement,
      share: benefitSharePct,
      perYear: WORKING_DAYS_A_YEAR,
      source: range.source,
      day: range.asOf,
      isOld: isOld ? "yes" : "no",
      limit: PAY_STALE_AFTER_DAYS,
    }),
  };
}

function dayRate(amount: number, per: PayPer): number {
  if (per === "year") return amount / WORKING_DAYS_A_YEAR;
  if (per === "month") return (amount * 12) / WORKING_DAYS_A_YEAR;
  return per === "hour" ? amount * HOURS_A_DAY : amount;
}

/** Amounts of one currency are added, those of several are not: a rate between them would be invented. */
export function sumMoney(amounts: (Money | null)[]): Money[] {
  const sums = new Map<string, Money>();
  for (const money of amounts) {
    if (!money) continue;
    const sum = sums.get(money.currency) ?? { min: 0, max: 0, currency: money.currency };
    sums.set(money.currency, { ...sum, min: sum.min + money.min, max: sum.max + money.max });
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
