/** The import graph as the machine sees it: every file parsed, every specifier resolved, types included. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join, relative, sep } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { ResolverFactory } from 'oxc-resolver'

export interface Import {
  /** Path of the importing file below the project, `/` as separator. */
  from: string
  specifier: string
  /** Path of the imported file below the project, `node:…` for a built-in, undefined when it is a package's, `nowhere` when nothing is there. */
  to: string | undefined
  line: number
}

const scripts = new Set(['.ts', '.tsx', '.mts', '.js', '.mjs'])
const outside = new Set(['node_modules', 'dist', '.data'])
const resolver = new ResolverFactory({ conditionNames: ['node', 'import', 'default'], builtinModules: true })

/** Every file below `folder` that has one of the endings, as paths below `home`. */
export function filesBelow(home: string, folder: string, endings: ReadonlySet<string> = scripts): string[] {
  return readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.has(extname(entry.name)))
    .map((entry) => relative(home, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => outside.has(part)))
    .sort()
}

/** All imports of these files. @throws Error on a file that does not parse */
export function importsOf(home: string, files: readonly string[]): Import[] {
  return files.flatMap((file) =>
    specifiersIn(join(home, file))
      // What the build makes up is no file.
      .filter(({ specifier }) => !specifier.startsWith('virtual:'))
      .map((found) => ({ from: file, ...found, to: resolve(home, file, found.specifier) })),
  )
}

/** `import`, `export … from`, `import()` with a plain string, and `import('…').Type`. */
function specifiersIn(path: string): { specifier: string; line: number }[] {
  const text = readFileSync(path, 'utf8')
  const parsed = parseSync(path, text)
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors.map((e) => e.message).join('; ')}`)
  const found: { specifier: string; start: number }[] = []
  for (const { moduleRequest } of parsed.module.staticImports) found.push({ specifier: moduleRequest.value, start: moduleRequest.start })
  for (const { entries } of parsed.module.staticExports) {
    for (const { moduleRequest } of entries)
      if (moduleRequest !== null) found.push({ specifier: moduleRequest.value, start: moduleRequest.start })
  }
  for (const { moduleRequest } of parsed.module.dynamicImports) {
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))
    if (literal?.[2] !== undefined) found.push({ specifier: literal[2], start: moduleRequest.start })
  }
  new Visitor({
    TSImportType(node) {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string')
        found.push({ specifier: node.source.value, start: node.start })
    },
  }).visit(parsed.program)
  const once = new Map(found.map((f) => [`${f.specifier}@${f.start}`, f]))
  return [...once.values()].map(({ specifier, start }) => ({ specifier, line: text.slice(0, start).split('\n').length }))
}

function resolve(home: string, from: string, specifier: string): string | undefined {
  const bare = specifier.replace(/\?[a-z&=]+$/, '')
  const result = resolver.sync(dirname(join(home, from)), bare)
  if (result.builtin !== undefined) return result.builtin.resolved
  if (result.path === undefined) return 'nowhere'
  const path = relative(home, result.path).split(sep).join('/')
  return path.startsWith('..') || path.split('/').includes('node_modules') ? undefined : path
}

/** Groups of files that import each other in a ring, types included; none is the aim. Tarjan, linear in files and imports. */
export function rings(imports: readonly Import[]): string[][] {
  const next = Map.groupBy(
    imports.filter((i) => i.to !== undefined),
    (i) => i.from,
  )
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (file: string): number => {
    const mine = order.size
    order.set(file, mine)
    low.set(file, mine)
    stack.push(file)
    for (const { to } of next.get(file) ?? []) {
      if (to === undefined) continue
      if (!order.has(to)) low.set(file, Math.min(low.get(file) ?? mine, visit(to)))
      else if (stack.includes(to)) low.set(file, Math.min(low.get(file) ?? mine, order.get(to) ?? mine))
    }
    const lowest = low.get(file) ?? mine
    if (lowest === mine) {
      const ring = stack.splice(stack.indexOf(file))
      const alone = ring.length === 1 && !(next.get(file) ?? []).some((i) => i.to === file)
      if (!alone) found.push(ring)
    }
    return lowest
  }
  for (const file of next.keys()) if (!order.has(file)) visit(file)
  return found
}
