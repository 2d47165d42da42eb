/** Three faces and a public page over one shared part. Built once, served by the server as files; nothing is fetched from elsewhere. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, parseSync, type Plugin } from 'vite'
import { tokensCss } from './shared/tokens.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `import '…/tokens.css'` becomes the style sheet made from tokens.ts. */
const tokens: Plugin = {
  name: 'tokens',
  resolveId: (id) => (id.endsWith('/tokens.css') ? '\0tokens.css' : null),
  load: (id) => (id === '\0tokens.css' ? tokensCss() : null),
}

/** What a page needs of an operation to call it. The rest of the promise, its schemas above all, is kept by the server. */
const called = new Set(['id', 'method', 'path', 'offline', 'stream', 'root'])

/**
 * Leaves out of the contract what no page asks, so that schemas and the library that checks them are neither fetched nor built in a browser:
 * operations keep what a call needs, and declaring anything has no effect of its own.
 */
const promises: Plugin = {
  name: 'promises',
  transform: {
    filter: { id: /\/contract\/[a-z]+\.ts$/ },
    handler(code, id) {
      const { program, errors } = parseSync(id, code)
      if (errors[0] !== undefined) throw new Error(`${id}: ${errors[0].message}`)
      const changes: [start: number, end: number, to: string][] = []
      for (const statement of program.body) {
        const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
        if (declaration?.type !== 'VariableDeclaration') continue
        for (const { init } of declaration.declarations) {
          if (init?.type !== 'CallExpression') continue
          changes.push([init.start, init.start, '/* @__PURE__ */ (() => '])
          const [declared] = init.arguments
          if (init.callee.type === 'Identifier' && init.callee.name === 'operation' && declared?.type === 'ObjectExpression')
            for (const part of declared.properties) {
              const named = part.type === 'Property' && part.key.type === 'Identifier' ? part.key.name : ''
              if (!called.has(named)) changes.push([part.start, part.end, '...{}'])
            }
          changes.push([init.end, init.end, ')()'])
        }
      }
      const rest = changes.reduceRight((text, [start, end, to]) => text.slice(0, start) + to + text.slice(end), code)
      return { code: rest, map: null }
    },
  },
}

/** The service workers: the file of each, the page it keeps, that page's address, and what else it keeps beside scripts and styles. */
const workers = [
  { file: 'sw.js', page: 'mobile', address: '/', icons: ['icon.svg', 'icon-192.png', 'yigongli.webmanifest'] },
  { file: 'verify-sw.js', page: 'verify', address: '/verify', icons: ['icon.svg'] },
] as const

/** Writes into each service worker what its shell is: the page and every script and style it may open. */
const shell: Plugin = {
  name: 'shell',
  // After all others, which still take out chunks that hold nothing but a style.
  enforce: 'post',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((part) => part.type === 'chunk')
    for (const { file, page, address, icons } of workers) {
      const worker = chunks.find(({ fileName }) => fileName === file)
      const start = chunks.find(({ isEntry, name }) => isEntry && name === page)
      if (worker === undefined || start === undefined) continue
      const reached = new Set<string>()
      const reach = (fileName: string) => {
        const chunk = chunks.find((each) => each.fileName === fileName)
        if (chunk === undefined || reached.has(fileName)) return
        reached.add(fileName)
        for (const style of chunk.viteMetadata?.importedCss ?? []) reached.add(style)
        for (const next of [...chunk.imports, ...chunk.dynamicImports]) reach(next)
      }
      reach(start.fileName)
      const addresses = [address, ...[...icons, ...[...reached].sort()].map((path) => `/${path}`)]
      worker.code = `const SHELL=${JSON.stringify(addresses)};${worker.code}`
    }
  },
}

/** Entries whose files have names for ever: a browser asks for its service worker by name. */
const workerNames: Record<string, string> = { sw: 'sw.js', verifySw: 'verify-sw.js' }

export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('public'),
  plugins: [react(), tokens, promises, shell],
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
        verify: here('verify/index.html'),
        sw: here('mobile/sw.ts'),
        verifySw: here('verify/sw.ts'),
      },
      output: { entryFileNames: ({ name }) => workerNames[name] ?? 'assets/[name]-[hash].js' },
      // Importing a rule, the calendar or the pass has no effect of its own, so that a page brings only what it asks.
      treeshake: {
        moduleSideEffects: [{ test: /\/rules\/|\/chinese-days\/|\/pass\/[^/]+\.ts$/, sideEffects: false }],
      },
    },
  },
})
