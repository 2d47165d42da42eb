/** Files: content-addressed, type sniffed, images re-encoded without EXIF. */
import { z } from 'zod'
import { operation } from './operation.ts'
import { Id, idParams, line } from './words.ts'

export const File = z.object({ id: Id, name: z.string(), mediaType: z.string(), bytes: z.int(), sha256: z.string() })

export const putFile = operation({
  id: 'files.putFile',
  method: 'PUT',
  path: '/files/:fileId',
  summary: { zh: '上传一个文件', en: 'Upload a file' },
  access: { self: true },
  params: idParams('fileId'),
  query: z.strictObject({ name: line(120) }),
  bodyType: 'bytes',
  bodyLimit: 20 * 1024 * 1024,
  returns: File,
  fails: ['FILE_NOT_READABLE', 'FILE_TYPE_REFUSED', 'TOO_LARGE', 'QUOTA_FULL', 'ID_TAKEN'],
})

export const getFile = operation({
  id: 'files.getFile',
  method: 'GET',
  path: '/files/:fileId/content',
  summary: { zh: '读取自己上传的文件', en: 'Read a file one has uploaded' },
  access: { self: true },
  params: idParams('fileId'),
  returns: z.unknown(),
  fails: ['NOT_FOUND'],
})
