import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
    // Hooks make whole municipalities, on machines that are busy.
    hookTimeout: 60_000,
  },
});
