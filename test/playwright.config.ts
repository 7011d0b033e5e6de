import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './support/chromium.ts';

const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './e2e/setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumArgs() },
    actionTimeout: 10_000,
    navigationTimeout: 10_000,
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    // Not the clinic's, on purpose: the screens show the clinic's time wherever the PC thinks it is.
    timezoneId: 'America/New_York',
    // Colours that fade into each other would be measured half way.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'off',
  },
});
