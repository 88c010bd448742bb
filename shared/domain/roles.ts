export const roles = ['cashier', 'supervisor', 'administrator', 'auditor'] as const;
export type Role = (typeof roles)[number];
