/**
 * How quantities are written, on the page and in reports: few, steady digits; an unknown value is an en dash, never 0.
 */

/** Printed for an unknown number. */
export const UNKNOWN = '–';

const known = (value: number | null): value is number => value !== null && Number.isFinite(value);

/**
 * Milliseconds in at most four digits, without the unit: "0.35", "4.20", "48.2", "713", "6250".
 * An exact 0 (a stage that the path does not have) is written "0".
 */
export function formatMs(ms: number | null): string {
  if (!known(ms)) return UNKNOWN;
  return ms === 0 ? '0' : threeDigits(ms);
}

/** The same with its unit, "48.2 ms". */
export function formatMsUnit(ms: number | null): string {
  return known(ms) ? `${formatMs(ms)} ms` : UNKNOWN;
}

/** A difference in milliseconds, always with its sign: "+3.46", "-0.35"; "0.00" if it rounds to 0. */
export function formatSignedMs(ms: number | null): string {
  if (!known(ms)) return UNKNOWN;
  const digits = threeDigits(Math.abs(ms));
  return Number(digits) === 0 ? digits : `${ms < 0 ? '-' : '+'}${digits}`;
}

/** One value over another: "0.0412", "0.93", "1.07", "12.4", "130". */
export function formatRatio(ratio: number | null): string {
  if (!known(ratio)) return UNKNOWN;
  return Math.abs(ratio) < 0.0995 ? ratio.toPrecision(2) : threeDigits(ratio);
}

/** A share 0..1 in percent with two decimals, without the unit, as papers print mean IoU: "70.19". */
export function formatPercent(share01: number | null): string {
  return known(share01) ? percentOf(share01).toFixed(2) : UNKNOWN;
}

/** A share 0..1 in percent, without the noise of binary fractions: 0.7019 is 70.19. */
export function percentOf(share01: number): number {
  return Math.round(share01 * 1e6) / 1e4;
}

/** Decimal units, as file managers count them: "512 B", "91.0 kB", "8.60 MB". */
export function formatBytes(bytes: number | null): string {
  if (!known(bytes)) return UNKNOWN;
  if (bytes < 1000) return `${bytes.toFixed(0)} B`;
  const units = ['kB', 'MB', 'GB'] as const;
  // 999.5 of one unit would read "1000", so it goes to the next unit.
  const power = Math.min(units.length, Math.max(1, Math.floor(Math.log(bytes / 0.9995) / Math.log(1000))));
  const value = bytes / 1000 ** power;
  return `${threeDigits(value)} ${units[power - 1] ?? 'GB'}`;
}

/** A share 0..1 as a percentage: "57 %", "4.2 %", "< 0.1 %" for a share that would round to 0. */
export function formatShare(share01: number | null): string {
  if (!known(share01)) return UNKNOWN;
  const percent = share01 * 100;
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  return `${percent === 0 || percent >= 9.95 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}

/** Events per second in three digits: "0.14", "4.80", "23.4", "120". */
export function formatRate(perSecond: number | null): string {
  return known(perSecond) ? threeDigits(perSecond) : UNKNOWN;
}

/** A whole number with thin spaces between thousands: "12 480". */
export function formatCount(count: number | null): string {
  return known(count) ? count.toFixed(0).replace(/\B(?=(\d{3})+$)/g, '\u2009') : UNKNOWN;
}

/** The bounds are the values at which rounding would add a digit. */
function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size < 9.995) return value.toFixed(2);
  return size < 99.95 ? value.toFixed(1) : value.toFixed(0);
}

/** "1 configuration", "3 configurations" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A span of time in at most two units: "8 s", "3 min", "1 h 10 min". */
export function formatSpan(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 100) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** "2026-11-22 13:45", local time, as tables sort it. */
export function formatMoment(iso: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [String(moment.getFullYear()), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
