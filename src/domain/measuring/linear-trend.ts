/** Least-squares slope with its confidence interval: separates growth from noise. */

export interface Trend {
  /** Units of y per unit of x. */
  readonly slope: number;
  /** 95 % confidence interval of the slope, normal quantile 1.96 (n >= 20 or so). */
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** False when the interval contains 0: the slope may be 0. */
  readonly significant: boolean;
}

/** Fewer points give no usable estimate of their correlation. */
const POINTS_FOR_CORRELATION = 10;

/**
 * Ordinary least squares; standard error of the slope s / sqrt(Sxx), s² = SSE / (n - 2). Successive measurements
 * resemble each other (clock frequency, caches, garbage not yet collected), which makes that interval too narrow. From
 * 10 points on, n in it is the effective sample size n (1 - r) / (1 + r), with r the lag-1 correlation of the residuals
 * if positive (Santer et al. 2000, J. Geophys. Res. 105(D6), 7337-7356).
 * @throws RangeError for fewer than 3 points, unequal lengths or all x equal.
 */
export function linearTrend(x: readonly number[], y: readonly number[]): Trend {
  const n = x.length;
  if (n < 3 || y.length !== n) throw new RangeError('A trend needs at least 3 points of x and y.');
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let sxx = 0;
  let sxy = 0;
  x.forEach((value, i) => {
    sxx += (value - meanX) ** 2;
    sxy += (value - meanX) * ((y[i] ?? 0) - meanY);
  });
  if (sxx === 0) throw new RangeError('A trend needs different values of x.');
  const slope = sxy / sxx;
  const errors = x.map((value, i) => (y[i] ?? 0) - meanY - slope * (value - meanX));
  const squared = errors.reduce((sum, error) => sum + error ** 2, 0);
  const standardError = Math.sqrt(squared / (effectiveSize(errors, squared) - 2) / sxx);
  const low = slope - 1.96 * standardError;
  const high = slope + 1.96 * standardError;
  return { slope, low, high, n, significant: low > 0 || high < 0 };
}

/** At least 3, so that an interval remains. */
function effectiveSize(errors: readonly number[], squared: number): number {
  const n = errors.length;
  if (n < POINTS_FOR_CORRELATION || squared === 0) return n;
  const products = errors.slice(1).reduce((sum, error, i) => sum + error * (errors[i] ?? 0), 0);
  const correlation = Math.min(1, Math.max(0, products / squared));
  return Math.max(3, (n * (1 - correlation)) / (1 + correlation));
}
