import { z } from 'zod';
import type { Call, Route } from '../call.js';
import { invalidArgument } from '../google-error.js';
import { parseJson } from '../payload.js';
import { jsonReply } from '../reply.js';

const startBody = z.object({
  file: z.object({ mimeType: z.string().default('application/octet-stream'), displayName: z.string().optional() }),
});

/** `POST upload/files`, resumable: first the description, answered with an address, and then the bytes to that address. */
export const uploadFile: Route = {
  method: 'POST',
  path: /^upload\/files$/,
  async handle(call, { files }) {
    const command = header(call, 'x-goog-upload-command');
    const id = call.query.get('upload_id');
    if (id !== null) {
      const file = files.receive(id, {
        bytes: call.body,
        offset: Number(header(call, 'x-goog-upload-offset')),
        finalize: command.includes('finalize'),
      });
      const headers = { 'x-goog-upload-status': file ? 'final' : 'active' };
      return { ...jsonReply(file ? { file } : {}), headers };
    }
    if (header(call, 'x-goog-upload-protocol') !== 'resumable' || command !== 'start') {
      throw invalidArgument('The emulator takes resumable uploads only: X-Goog-Upload-Command: start.');
    }
    const body = startBody.safeParse(parseJson(call.body));
    if (!body.success) throw invalidArgument('The upload does not describe its file.');
    const { mimeType, displayName } = body.data.file;
    const address = `http://${header(call, 'host')}/upload/v1beta/files?upload_id=${files.begin(mimeType, displayName)}`;
    return { ...jsonReply({}), headers: { 'x-goog-upload-url': address, 'x-goog-upload-status': 'active' } };
  },
};

/** `GET files/{file}:download?alt=media` */
export const downloadFile: Route = {
  method: 'GET',
  path: /^(?<name>files\/[^/:]+):download$/,
  handle: async ({ names }, { files }) => ({
    status: 200,
    contentType: 'application/octet-stream',
    chunks: [files.read(names['name'] ?? '')],
    delivery: { how: 'whole' },
  }),
};

const header = ({ headers }: Call, name: string): string => headers[name]?.toString() ?? '';
