/** Share of an entropy that may be rounding. */
const rounding = 1e-13;

/**
 * The mutual information H − H|: an entropy without what is left of it once the other is known. Below what rounding can make
 * it is 0, so that samples about which all draws agree are equals, and chance decides between them.
 */
export function mutualInformation(entropy: number, left: number): number {
  const information = entropy - left;
  return information > rounding * entropy ? information : 0;
}
