import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: { outDir: '../../../build/bench-peers', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 2_000 },
});
