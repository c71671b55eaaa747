// One static site: no server of its own, everything it needs to know comes from /config.json at run time.
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import process from 'node:process';
import { defineConfig } from 'vite';
import { documents } from './documents.ts';

/** Loaded on every page. Left alone, they become some fifty files of a few hundred bytes, which compress worse: 13 kB in all. */
const onEveryPage = [
  {
    name: 'router',
    test:
      /node_modules\/@tanstack\/(react-router|router-core|react-store|store|history|query-core|react-query)\//,
  },
  {
    name: 'frame',
    test: new RegExp(
      `/dashboard/src/(?:${
        [
          'routing/',
          'shared/(?:Brand|agency-look|csv-name|format|moments)\\.',
          'data/(?:agency|agency-load|clients|paging|range|segments|session)\\.',
          'ui/(?:button|class-names|input|select|skeleton|theme|toast)\\.',
        ].join('|')
      })`,
    ),
  },
];

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: join(import.meta.dirname, '..', '.replyloop', 'vite'),
  plugins: [documents(), react(), tailwindcss()],
  // Of the functions only what reads lists of leads (_shared/import) and shows reports (_shared/client-reports) is bundled; other imports
  // of them are types.
  resolve: {
    alias: [
      {
        find: /^@supabase\/(storage|realtime)-js$/,
        replacement: join(import.meta.dirname, 'src/data/bundle-stand-ins.ts'),
      },
    ],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    // Small images as files too: the page allows no data: scripts and the browser caches files better.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: onEveryPage } } },
  },
  // `npm run dashboard`, beside a running stack: its config.json is that of the stack.
  server: {
    port: 5173,
    host: '127.0.0.1',
    proxy: { '/config.json': process.env['DASHBOARD_URL'] ?? 'http://127.0.0.1:54404' },
  },
});
