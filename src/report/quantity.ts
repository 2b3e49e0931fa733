/** How measured values are printed in a report: few, steady digits; what is not known is an en dash, never 0. */
import type { Quantity } from './table.ts';

export const UNKNOWN = '–';

/**
 * Milliseconds in three or four digits: "0.35", "4.20", "48.2", "713", "6250". An exact 0 is a stage that the path
 * does not have, and is printed "0".
 */
export function milliseconds(ms: number | null): Quantity {
  return quantity(ms, (known) => (known === 0 ? '0' : threeDigits(known)));
}

/** A difference of milliseconds, its sign always printed. */
export function signedMilliseconds(ms: number | null): Quantity {
  return quantity(ms, (known) => {
    const digits = threeDigits(Math.abs(known));
    return Number(digits) === 0 ? digits : `${known < 0 ? '-' : '+'}${digits}`;
  });
}

/** Events per second: "0.14", "4.80", "23.4", "120". */
export function rate(perSecond: number | null): Quantity {
  return quantity(perSecond, threeDigits);
}

/** One value over another: "0.0412", "0.93", "1.07", "12.4", "130". */
export function ratio(value: number | null): Quantity {
  return quantity(value, (known) => (Math.abs(known) < 0.0995 ? known.toPrecision(2) : threeDigits(known)));
}

/** A share 0..1 in percent: "70.19". */
export function percent(share: number | null): Quantity {
  const value = share === null ? null : Math.round(share * 1e6) / 1e4;
  return quantity(value, (known) => known.toFixed(2));
}

/** A whole number. */
export function count(value: number | null): Quantity {
  return quantity(value, (known) => known.toFixed(0));
}

/** Degrees Celsius: "52.6". */
export function degrees(celsius: number | null): Quantity {
  return quantity(celsius, (known) => known.toFixed(1));
}

function quantity(value: number | null, print: (known: number) => string): Quantity {
  if (value === null || !Number.isFinite(value)) return { value: null, text: UNKNOWN };
  return { value, text: print(value) };
}

/** Bounds are those at which rounding would add a digit. */
function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size < 9.995) return value.toFixed(2);
  return size < 99.95 ? value.toFixed(1) : value.toFixed(0);
}
