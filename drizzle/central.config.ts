import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src-main/core/schema/central/index.ts',
  out: './drizzle/central',
});
