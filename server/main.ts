/** `npm start`: the database, the house, the demo, the pages — and everything ended again by Ctrl-C. */
import { createServer } from 'node:net'
import { type House, readConfig, sql, transact } from '#platform'
import { buildFaces } from './build.ts'
import { serveFaces } from './faces.ts'
import { modules } from './modules.ts'
import { openYigongli } from './open.ts'
import { startPostgres } from './postgres.ts'
import { seedDemo } from './seed.ts'

const began = performance.now()
/** What has been opened, to be closed in the other order. */
const open: (() => Promise<void>)[] = []

async function start(): Promise<void> {
  const config = readConfig(process.env)
  if (config.role !== 'worker') await refuseUsedPort(config.host, config.port)
  // The pages are built beside the database's start; a failure of either is told once.
  const pages = config.role === 'worker' ? Promise.resolve('') : (config.webDist ?? buildFaces())
  if (pages instanceof Promise) pages.catch(() => {})
  const url = config.databaseUrl ?? (await ownDatabase(config.dataDir))
  const house = await openYigongli(config, url)
  open.push(() => house.close())
  if (config.demo) {
    say('准备演示数据，首次约需十几秒… / preparing the demo, some seconds the first time…')
    await seedDemo(url, house, modules, (module, seconds) => say(`  ${module} ${seconds.toFixed(1)} s`))
  }
  if (config.role !== 'web') await house.startWorker()
  if (config.role === 'worker') return say('后台进程已启动 / the worker is running')
  await serveFaces(house.app, await pages)
  const address = await house.app.listen({ port: config.port, host: config.host })
  await introduce(house, address.replace('127.0.0.1', 'localhost'), config.demo)
}

const say = (line: string) => console.log(line)

async function ownDatabase(dataDir: string): Promise<string> {
  const server = await startPostgres({ dataDir })
  open.push(() => server.stop())
  return server.url
}

/** Asked before anything is started, so that a second start ends at once and says why. */
function refuseUsedPort(host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.on('error', (error: NodeJS.ErrnoException) => {
      fail(
        error.code === 'EADDRINUSE'
          ? new Error(
              `端口 ${port} 已被占用：可能本系统已在运行。请先停止它，或换一个端口，例如 PORT=8081 npm start。\n` +
                `Port ${port} is in use: this system may be running already. Stop it, or choose another port, for example PORT=8081 npm start.`,
            )
          : error,
      )
    })
    probe.listen(port, host, () => probe.close(() => done()))
  })
}

/** Where the three faces are and who may try them. */
async function introduce(house: House, address: string, demo: boolean): Promise<void> {
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  say(`\n一公里 Yigongli 已就绪（${seconds} 秒）/ is ready\n`)
  say(`  手机 phone    ${address}/`)
  say(`  办公 console  ${address}/console`)
  say(`  大屏 screen   ${address}/screen`)
  if (demo) {
    const people = await transact(
      house.jobsPool,
      (ctx) =>
        ctx.query(sql<{ phone: string; name: string; post: string }>`select phone, name, post from identity.demo_person order by place`),
      { reads: true },
    )
    say('\n演示人物（验证码由页面给出）/ people of the demo (the page shows the code):')
    for (const { phone, name, post } of people) say(`  ${phone}  ${name}  ${post}`)
  }
  say('\nCtrl-C 停止 / stops everything\n')
}

let stopping = false
async function stop(code: number): Promise<void> {
  if (stopping) process.exit(code === 0 ? 130 : code)
  stopping = true
  for (const close of open.toReversed()) await close().catch((error: unknown) => console.error((error as Error).message))
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
start().catch((error: unknown) => {
  console.error(`\n${(error as Error).message}`)
  return stop(1)
})
