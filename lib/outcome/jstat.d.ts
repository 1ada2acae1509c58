/** The part of jStat that almq uses; the package has no types of its own. */
declare module "jstat" {
  export const jStat: {
    readonly studentt: {
      /** P(T ≤ t). */
      cdf(t: number, degreesOfFreedom: number): number;
      /** The t with P(T ≤ t) = p. */
      inv(p: number, degreesOfFreedom: number): number;
    };
  };
}
