// Finds a Chromium on any machine: given, Playwright's own, the system's, or the one that an npm package ships.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

/** What Playwright needs to start the browser that was found. */
export interface BrowserLaunch {
  executablePath: string;
  args: string[];
  /** The environment of the browser's process: the shipped one finds its libraries by it. */
  env: Record<string, string>;
}

/** A page of this machine alone: nothing is looked up, updated or reported elsewhere. */
const quietFlags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The shipped Chromium runs without a sandbox of its own, and draws on the processor: composing with an emulated graphics card
 * takes ten times as long.
 */
const shippedFlags = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-software-rasterizer'];

/** Chrome's and Chromium's usual places. */
function systemBrowsers(): string[] {
  const home = os.homedir();
  switch (process.platform) {
    case 'darwin':
      return ['/Applications', path.join(home, 'Applications')].flatMap((folder) => [
        `${folder}/Google Chrome.app/Contents/MacOS/Google Chrome`,
        `${folder}/Chromium.app/Contents/MacOS/Chromium`,
      ]);
    case 'win32':
      return [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']]
        .filter((folder) => folder !== undefined)
        .map((folder) => path.join(folder, 'Google/Chrome/Application/chrome.exe'));
    default:
      return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].map((name) => `/usr/bin/${name}`);
  }
}

/** Chromium refuses its own sandbox to root. */
function sandboxFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** This process's environment, with some variables set besides. */
function environment(besides: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(entries), ...besides };
}

/**
 * Unpacks the shipped Chromium into the folder.
 *
 * The package unpacks to the folder for temporary files, and its libraries only where it believes to be at home, so
 * both are pretended. A folder of ours, because anyone on this machine may have left a broken one in the common place.
 */
async function unpackShipped(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const before = { ...process.env };
  process.env['TMPDIR'] = folder;
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs20.x';
  try {
    const { default: shipped } = await import('@sparticuz/chromium');
    await shipped.executablePath();
  } finally {
    process.env = before;
  }
}

/** The Chromium of the npm package, for Linux on x64. Undefined where it is not installed. */
async function shippedBrowser(): Promise<BrowserLaunch | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  let manifest: string;
  try {
    manifest = fileURLToPath(new URL('../../package.json', import.meta.resolve('@sparticuz/chromium')));
  } catch {
    return undefined;
  }
  const version: unknown = JSON.parse(readFileSync(manifest, 'utf8')).version;
  const folder = path.join(import.meta.dirname, `../../node_modules/.cache/chromium-${String(version)}`);
  if (!existsSync(folder)) {
    // Unpacked beside and then renamed: an interrupted run leaves nothing that looks complete.
    const draft = `${folder}.${process.pid}`;
    await unpackShipped(draft);
    try {
      renameSync(draft, folder);
    } catch (error) {
      // Another run was faster.
      if (!existsSync(folder)) throw error;
      rmSync(draft, { recursive: true, force: true });
    }
  }
  const fonts = path.join(folder, 'fonts.conf');
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`,
  );
  return {
    executablePath: path.join(folder, 'chromium'),
    args: [...quietFlags, ...shippedFlags],
    env: environment({
      FONTCONFIG_FILE: fonts,
      LD_LIBRARY_PATH: [path.join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    }),
  };
}

/**
 * The first Chromium found: `CHROMIUM_PATH`, Playwright's own, the system's, the shipped one.
 * @throws Error that names the command to run, where there is none.
 */
export async function findBrowser(): Promise<BrowserLaunch> {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && !existsSync(given)) throw new Error(`CHROMIUM_PATH names no file: ${given}`);
  const executablePath = [given, chromium.executablePath(), ...systemBrowsers()].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  if (executablePath !== undefined) {
    return { executablePath, args: [...quietFlags, ...sandboxFlags()], env: environment() };
  }
  const shipped = await shippedBrowser();
  if (shipped !== undefined) return shipped;
  throw new Error('No Chromium was found. Run `npx playwright install chromium`, or set CHROMIUM_PATH to one.');
}
