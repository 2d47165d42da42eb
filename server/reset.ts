/** `npm run reset`: forgets the demo, with its database, so that the next start begins anew. */
import { removeDatabase } from './postgres.ts'

const dataDir = process.env['DATA_DIR'] ?? '.data'
try {
  const removed = await removeDatabase(dataDir)
  console.log(
    removed
      ? `已删除 ${dataDir}，下次 npm start 会重新建立演示数据 / removed; the next npm start makes the demo anew`
      : `没有 ${dataDir}，无需删除 / nothing to forget`,
  )
  if (process.env['DATABASE_URL'] !== undefined) {
    console.log('DATABASE_URL 指向的数据库没有改动 / the database named by DATABASE_URL was not touched')
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
