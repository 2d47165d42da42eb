/** Configuration: read from the environment, validated at start, with a sentence for each mistake. */
import { z } from 'zod'

const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .pipe(z.number().max(65535, 'must be a number from 0 to 65535'))
    .default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  ROLE: z.enum(['web', 'worker', 'all']).default('all'),
  DEMO: z.enum(['0', '1']).optional(),
  KEY_FILE: z.string().min(1).optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://yigongli.example' })
    .refine((url) => new URL(url).pathname === '/' && new URL(url).search === '', 'must be scheme and host only, without a path')
    .transform((url) => new URL(url).origin)
    .optional(),
  SMS_URL: z.url().optional(),
  WEB_DIST: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
})

export interface Config {
  port: number
  host: string
  dataDir: string
  /** Undefined: PostgreSQL is started under `dataDir`. */
  databaseUrl: string | undefined
  role: 'web' | 'worker' | 'all'
  /** The demo shows one-time codes and lists its people. Never in production unless asked for. */
  demo: boolean
  keyFile: string | undefined
  /** The origin people use; unsafe requests from another are refused. Undefined: whatever host was asked. */
  publicUrl: string | undefined
  /** Where text messages are handed over; needed outside the demo. */
  smsUrl: string | undefined
  /** Pages built elsewhere; undefined: they are built at the start. */
  webDist: string | undefined
  logLevel: string
  production: boolean
}

/** Reads the configuration. @throws Error naming each variable that is wrong and what it must be. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  // A variable set to nothing is not set: `PORT= npm start`.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`配置有误，请改正以下环境变量 / please correct these environment variables:\n${wrong.join('\n')}`)
  }
  const e = parsed.data
  const production = e.NODE_ENV === 'production'
  if (production && e.KEY_FILE === undefined) {
    throw new Error('NODE_ENV=production 需要 KEY_FILE（密钥文件） / production needs KEY_FILE; the development key is refused')
  }
  return {
    port: e.PORT,
    host: e.HOST,
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    role: e.ROLE,
    demo: e.DEMO === undefined ? !production : e.DEMO === '1',
    keyFile: e.KEY_FILE,
    publicUrl: e.PUBLIC_URL,
    smsUrl: e.SMS_URL,
    webDist: e.WEB_DIST,
    logLevel: e.LOG_LEVEL,
    production,
  }
}
