import type { Page } from 'playwright';
import { afterEach, beforeEach, expect } from 'vitest';

/** What pages write to their console as an error, and what they throw. A test ends with none that it did not mean. */
export interface Complaints {
  /** Listens to a page from now on. */
  of: (page: Page) => void;
  /** The test meant these: it took the network away, or asked for what is refused. */
  wereMeant: (part: string) => void;
}

/** Fails each test of a file after which a page had something to complain of. */
export function watchComplaints(): Complaints {
  let heard: string[] = [];
  beforeEach(() => {
    heard = [];
  });
  afterEach(() => {
    expect(heard, 'nothing was refused by the policy, and nothing failed').toEqual([]);
  });
  return {
    of: (page) => {
      page.on('console', (message) => message.type() === 'error' && heard.push(message.text()));
      page.on('pageerror', (error) => heard.push(error.message));
    },
    wereMeant: (part) => {
      heard = heard.filter((text) => !text.includes(part));
    },
  };
}
