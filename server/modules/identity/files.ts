import * as contract from '#contract/files'
import { DomainError, handle, type Handled, type Services } from '#platform'

/** A picture being re-encoded takes a core and up to 200 MB. */
const uploadLimit = { atOnce: 2, mostWaiting: 8 }

export function fileRoutes(services: Services): Handled[] {
  return [
    handle(
      contract.putFile,
      async (ctx, { params, query, body }) => {
        const bytes: unknown = body
        if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
          throw new DomainError('INVALID', {
            fields: [{ path: 'body', message: '请把文件内容作为请求体发送（application/octet-stream）。' }],
          })
        }
        return services.files.put(ctx, params.fileId, query.name, bytes)
      },
      uploadLimit,
    ),
    handle(contract.getFile, async (ctx, { params, answer }) => {
      const { file, content } = await services.files.read(ctx, params.fileId)
      answer.bytes(content, file.mediaType)
      return undefined
    }),
  ]
}
