/** What a hand or a pointer does to an element, and what is drawn within one: not there at rest, and wanted then. */
const passing = /::?(?:hover|active|focus|focus-visible|focus-within|before|after|placeholder)(?![\w-])/g;

/** The rules that what is on the page needs, of all its sheets: the text of a sheet of its own. */
export function usedStyles(): string {
  return [...document.styleSheets]
    .flatMap((sheet) => usedRules(sheet.cssRules, sheet.href ?? document.baseURI))
    .join('\n');
}

function usedRules(rules: CSSRuleList, base: string): string[] {
  return [...rules].flatMap((rule) => {
    if (rule instanceof CSSKeyframesRule) return [];
    if (rule instanceof CSSStyleRule && !isUsed(rule.selectorText)) return [];
    if (!(rule instanceof CSSGroupingRule) || rule instanceof CSSStyleRule)
      return [withAddresses(rule.cssText, base)];
    const inside = usedRules(rule.cssRules, base);
    return inside.length === 0 ? [] : [`${rule.cssText.split('{', 1)[0]}{${inside.join('\n')}}`];
  });
}

/** A selector that can't be asked for without what is passing is taken to be used. */
function isUsed(selector: string): boolean {
  const atRest = selector.replace(passing, '');
  if (/:(?:is|where|not|has)\(\s*\)/.test(atRest)) return true;
  try {
    return document.querySelector(atRest) !== null;
  } catch {
    return true;
  }
}

/** Addresses beside a sheet are none beside the page. */
function withAddresses(css: string, base: string): string {
  return css.replace(
    /url\("?([^")]+)"?\)/g,
    (_url, address: string) => `url("${new URL(address, base).href}")`,
  );
}
