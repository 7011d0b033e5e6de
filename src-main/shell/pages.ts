import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { places } from '../core/places.ts';

/** One file of the built screens, ready to be sent. */
export interface Page {
  body: Buffer | string;
  headers: Record<string, string>;
}

/** The build writes this where a nonce belongs (src-renderer/vite.config.ts); each answer gets a fresh one. */
export const NONCE_PLACEHOLDER = 'ANTEROOM-NONCE';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** `connect` names the origins that the page may talk to besides its own. */
export const contentSecurityPolicy = (nonce: string, connect: readonly string[]): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src ${["'self'", ...connect].join(' ')}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');

/** Sent with every answer of a shell, whatever it carries. */
export const safetyHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': [
    'accelerometer',
    'bluetooth',
    'camera',
    'display-capture',
    'geolocation',
    'gyroscope',
    'hid',
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'serial',
    'usb',
    'xr-spatial-tracking',
  ]
    .map((feature) => `${feature}=()`)
    .join(', '),
};

/**
 * The built file that a path of the address names, or undefined. Only `/`, the pages of stations, which are the same
 * screens, a file beside index.html and a file in `/assets/` can be named, so no path leads out of the folder. Names in
 * `/assets/` carry a hash of their content and may be kept for ever.
 */
export const readPage = async (
  path: string,
  connect: readonly string[] = [],
  folder = places.renderer,
): Promise<Page | undefined> => {
  const file = ['/', '/kiosk', '/display'].includes(path) ? '/index.html' : path;
  const match = /^\/(?<assets>assets\/)?\w[\w.-]*$/.exec(file);
  const type = types[extname(file)];
  if (!match || !type) return undefined;
  const body = await readFile(join(folder, file)).catch(() => undefined);
  if (!body) return undefined;
  if (file === '/index.html') return indexPage(body.toString('utf8'), connect);
  const cache = match.groups?.['assets'] ? 'private, max-age=31536000, immutable' : 'no-store';
  return { body, headers: { ...safetyHeaders, 'content-type': type, 'cache-control': cache } };
};

const indexPage = (html: string, connect: readonly string[]): Page => {
  const nonce = randomBytes(16).toString('base64');
  return {
    body: html.replaceAll(NONCE_PLACEHOLDER, nonce),
    headers: {
      ...safetyHeaders,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(nonce, connect),
      // Nothing of another origin gets into the page's process, not even what its policy forgot.
      'cross-origin-embedder-policy': 'require-corp',
    },
  };
};
