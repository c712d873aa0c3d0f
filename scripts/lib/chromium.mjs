import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { artifacts, inRoot } from './paths.mjs';
import { answer, capture } from './run.mjs';
import { say } from './say.mjs';

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const packaged = '@sparticuz/chromium@143.0.4';

/** A Chromium to test in: the one named, the one found, or one that is installed now. Undefined where none can be had. */
export async function ensureChromium() {
  return process.env.TORCH_CHROMIUM || found() || (await fromApt()) || (await fromNpm());
}

function found() {
  if (process.platform !== 'win32')
    for (const name of names) {
      const path = answer('sh', ['-c', `command -v ${name}`]);
      if (path) return path;
    }
  return places.find(existsSync);
}

async function fromApt() {
  if (process.platform !== 'linux' || process.getuid() !== 0 || !answer('sh', ['-c', 'command -v apt-get'])) return undefined;
  say('Installing Chromium with apt ...');
  const install = 'apt-get install -y -q --no-install-recommends';
  const either = `${install} chromium-headless-shell || ${install} chromium`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if ((await capture('sh', ['-c', `${either} || (apt-get update -q && (${either}))`], { env })).code !== 0) return undefined;
  return found();
}

async function fromNpm() {
  if (process.platform !== 'linux') return undefined;
  say('Installing Chromium from npm ...');
  const folder = `${artifacts}/chromium`;
  const { code } = await capture('npm', ['install', '--prefix', folder, '--no-save', '--no-package-lock', packaged]);
  if (code !== 0) return undefined;
  const entry = inRoot('artifacts/chromium/node_modules/@sparticuz/chromium/build/esm/index.js');
  if (!existsSync(entry)) return undefined;
  const { default: chromium } = await import(pathToFileURL(entry).href);
  return chromium.executablePath();
}
