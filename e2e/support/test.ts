// Every test of the page also hears what the browser complains about: errors, refused styles, refused scripts.
import { expect, test as base, type Page } from '@playwright/test';

interface Fixtures {
  /** What the browser has complained about so far. */
  readonly complaints: readonly string[];
}

interface Options {
  /** Complaints that a test causes on purpose. */
  expectedComplaint: RegExp | null;
}

export const test = base.extend<Fixtures & Options>({
  expectedComplaint: [null, { option: true }],
  complaints: [
    async ({ page, expectedComplaint }, use) => {
      const complaints = listenTo(page);
      await use(complaints);
      expect(complaints.filter((complaint) => !expectedComplaint?.test(complaint))).toEqual([]);
    },
    { auto: true },
  ],
});

/** A violation of the Content-Security-Policy is an error of the console as well. */
function listenTo(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

export { expect };
