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

/** Writes into the service worker what the phone's shell is: its page and every script and style it may open. */
const shell: Plugin = {
  name: 'shell',
  // After all others, which still take out chunks that hold nothing but a style.
  enforce: 'post',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((part) => part.type === 'chunk')
    const worker = chunks.find(({ fileName }) => fileName === 'sw.js')
    const start = chunks.find(({ isEntry, name }) => isEntry && name === 'mobile')
    if (worker === undefined || start === undefined) return
    const reached = new Set<string>()
    const reach = (fileName: string) => {
      const chunk = chunks.find((each) => each.fileName === fileName)
      if (chunk === undefined || reached.has(fileName)) return
      reached.add(fileName)
      for (const style of chunk.viteMetadata?.importedCss ?? []) reached.add(style)
      for (const next of [...chunk.imports, ...chunk.dynamicImports]) reach(next)
    }
    reach(start.fileName)
    const icons = ['icon.svg', 'icon-192.png', 'yigongli.webmanifest']
    const addresses = ['', ...icons, ...[...reached].sort()].map((path) => `/${path}`)
    worker.code = `const SHELL=${JSON.stringify(addresses)};${worker.code}`
  },
}

export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('public'),
  plugins: [react(), tokens, shell],
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
        sw: here('mobile/sw.ts'),
      },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
      // Declaring an operation or a schema has no effect of its own: what a face does not use is left out.
      // Neither has importing a rule or the calendar, so that a page brings only the rules it asks.
      treeshake: {
        manualPureFunctions: ['operation', 'z', 'idParams', 'page', 'line', 'text'],
        moduleSideEffects: [{ test: /\/rules\/|\/chinese-days\//, sideEffects: false }],
      },
    },
  },
})
