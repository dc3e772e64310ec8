import { defineConfig } from 'vite'

/** Two builds: what browsers load (`vite build`), and the pages that the server renders (`vite build --ssr`). */
export default defineConfig(({ isSsrBuild }) =>
  isSsrBuild
    ? {
        build: { outDir: 'dist/server', rolldownOptions: { input: 'src/pages/render.tsx' } },
        // React goes into the bundle, in its production form, so the image needs no React beside it.
        ssr: { noExternal: true },
        define: { 'process.env.NODE_ENV': JSON.stringify('production') },
        publicDir: false,
      }
    : {
        build: {
          outDir: 'dist/client',
          manifest: true,
          // The Content-Security-Policy allows files only, no data: addresses.
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
          rolldownOptions: { input: 'src/client/main.ts' },
        },
      },
)
