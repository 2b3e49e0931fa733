/** The bits of `vcgencmd get_throttled`, in words (Raspberry Pi documentation, "vcgencmd"). */

export const THROTTLING_REASONS = [
  'under-voltage',
  'frequency capped',
  'throttled',
  'soft temperature limit',
] as const;
export type ThrottlingReason = (typeof THROTTLING_REASONS)[number];

export interface Throttling {
  readonly now: readonly ThrottlingReason[];
  readonly sinceBoot: readonly ThrottlingReason[];
}

const SINCE_BOOT_SHIFT = 16;

/** @param bits as the board reports them: 0 to 3 now, 16 to 19 since boot; the others mean nothing */
export function decodeThrottledBits(bits: number): Throttling {
  const reasons = (shift: number) =>
    THROTTLING_REASONS.filter((_, bit) => Math.floor(bits / 2 ** (shift + bit)) % 2 === 1);
  return { now: reasons(0), sinceBoot: reasons(SINCE_BOOT_SHIFT) };
}

/** "none", or the reasons with commas. */
export function throttlingWords(reasons: readonly ThrottlingReason[]): string {
  return reasons.length === 0 ? 'none' : reasons.join(', ');
}
