import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Everything comes from the page's own files: nothing inline, nothing from elsewhere, no eval. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Puts the policy into the built page. The development server needs inline scripts and styles, so it goes without. */
function strictPolicy(): Plugin {
  return {
    name: 'netsplit:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  // Relative addresses: the built page works from any folder of any plain static host.
  base: './',
  plugins: [react(), strictPolicy()],
  worker: { format: 'es' },
  resolve: {
    alias: {
      'd3-color': path.join(import.meta.dirname, 'src/stage/no-colours.ts'),
      'd3-transition': path.join(import.meta.dirname, 'src/stage/no-transitions.ts'),
    },
  },
  build: {
    target: 'es2023',
    // An inlined asset would be a data: address, which the policy allows for pictures only.
    assetsInlineLimit: 0,
  },
  test: {
    environment: 'node',
    include: ['{workers,src,e2e}/**/*.test.{ts,tsx}'],
    // Two shared cores: isolation by process costs more than it finds in pure code.
    pool: 'threads',
    // For what hangs. No test is about time, and a busy machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
