/** Three faces over one shared part. Built once, served by the server as files; nothing is fetched from elsewhere. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { tokensCss } from './shared/tokens.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `import '…/tokens.css'` becomes the style sheet made from tokens.ts. */
const tokens: Plugin = {
  name: 'tokens',
  resolveId: (id) => (id.endsWith('/tokens.css') ? '\0tokens.css' : null),
  load: (id) => (id === '\0tokens.css' ? tokensCss() : null),
}

export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('public'),
  plugins: [react(), tokens],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        mobile: here('mobile/index.html'),
        console: here('console/index.html'),
        screen: here('screen/index.html'),
      },
      // Declaring an operation or a schema has no effect of its own: what a face does not use is left out.
      treeshake: { manualPureFunctions: ['operation', 'z', 'idParams', 'page', 'line', 'text'] },
    },
  },
})
