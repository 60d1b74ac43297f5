import { type Browser, chromium, type LaunchOptions } from 'playwright';

/** Chromium as the tests use it: `npm test` names it in CHROMIUM_PATH. */
export function launchBrowser(args: string[] = []): Promise<Browser> {
  const options: LaunchOptions = { args: ['--no-sandbox', ...args] };
  const executablePath = process.env['CHROMIUM_PATH'];
  return chromium.launch(executablePath ? { ...options, executablePath } : options);
}
