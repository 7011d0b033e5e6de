import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './src-main/core/schema/replica/index.ts',
  out: './drizzle/replica',
});
