/** Where a cheque or a transfer may come from (handbook: product.md). The Arabic name is what is stored and printed. */
export type Institution = { readonly ar: string; readonly en: string };

export const banks: readonly Institution[] = [
  { ar: 'بنك فلسطين', en: 'Bank of Palestine' },
  { ar: 'البنك العربي', en: 'Arab Bank' },
  { ar: 'بنك القاهرة عمان', en: 'Cairo Amman Bank' },
  { ar: 'بنك القدس', en: 'Quds Bank' },
  { ar: 'البنك الوطني', en: 'The National Bank' },
  { ar: 'البنك الإسلامي الفلسطيني', en: 'Palestine Islamic Bank' },
  { ar: 'البنك الإسلامي العربي', en: 'Arab Islamic Bank' },
  { ar: 'مصرف الصفا', en: 'Safa Bank' },
  { ar: 'بنك الاستثمار الفلسطيني', en: 'Palestine Investment Bank' },
  { ar: 'بنك الأردن', en: 'Bank of Jordan' },
  { ar: 'البنك الأهلي الأردني', en: 'Jordan Ahli Bank' },
  { ar: 'بنك الإسكان', en: 'Housing Bank' },
  { ar: 'البنك العقاري المصري العربي', en: 'Egyptian Arab Land Bank' },
];

/** Wallets and instant transfers; a transfer may also come straight from a bank. */
export const providers: readonly Institution[] = [
  { ar: 'جوال باي', en: 'Jawwal Pay' },
  { ar: 'بال باي', en: 'PalPay' },
  { ar: 'آي براق', en: 'iBURAQ' },
  { ar: 'إي سداد', en: 'E-Sadad' },
];
