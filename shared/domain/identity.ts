/**
 * The Palestinian identity number: nine digits, the last a check digit. Digits are weighted 1, 2, 1, 2 … from the
 * left, two-digit products count as the sum of their digits, and the whole must divide by ten.
 */
export function isValidIdentity(text: string): boolean {
  return /^\d{9}$/.test(text) && text !== '000000000' && weightedSum(text) % 10 === 0;
}

/**
 * The nine digits that begin with these eight.
 * @throws RangeError when it is not eight ASCII digits.
 */
export function withCheckDigit(eightDigits: string): string {
  if (!/^\d{8}$/.test(eightDigits)) throw new RangeError(`not eight digits: ${eightDigits}`);
  return eightDigits + String((10 - (weightedSum(eightDigits) % 10)) % 10);
}

function weightedSum(digits: string): number {
  let total = 0;
  for (const [index, digit] of [...digits].entries()) {
    const product = Number(digit) * (index % 2 === 0 ? 1 : 2);
    total += product > 9 ? product - 9 : product;
  }
  return total;
}
