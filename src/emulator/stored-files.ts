import { randomBytes } from 'node:crypto';
import { GoogleError, invalidArgument } from './google-error.js';

/** A file as `GET files/{id}` shows it. */
interface FileJson {
  name: string;
  displayName?: string;
  mimeType: string;
  sizeBytes: string;
  state: 'ACTIVE';
}

interface Upload {
  mimeType: string;
  displayName: string | undefined;
  chunks: Uint8Array[];
  received: number;
}

/** Files that were uploaded, and those that batch jobs put out; kept while the emulator runs. */
export class StoredFiles {
  readonly #files = new Map<string, Uint8Array>();
  readonly #uploads = new Map<string, Upload>();

  /** Begins a resumable upload; its id is part of the address that the bytes go to. */
  begin(mimeType: string, displayName: string | undefined): string {
    const id = randomBytes(12).toString('hex');
    this.#uploads.set(id, { mimeType, displayName, chunks: [], received: 0 });
    return id;
  }

  /** Takes the next bytes; with `finalize` the file is whole. Throws a 400 for bytes that do not follow the last ones. */
  receive(
    id: string,
    { bytes, offset, finalize }: { bytes: Uint8Array; offset: number; finalize: boolean },
  ): FileJson | null {
    const upload = this.#uploads.get(id);
    if (!upload) throw new GoogleError(404, 'NOT_FOUND', 'The upload is not known, or over.');
    if (offset !== upload.received) {
      throw invalidArgument(`Upload offset is ${offset}, and ${upload.received} bytes have been received.`);
    }
    upload.chunks.push(bytes);
    upload.received += bytes.length;
    if (!finalize) return null;
    this.#uploads.delete(id);
    const { mimeType, displayName, received } = upload;
    const name = `files/${randomBytes(6).toString('hex')}`;
    this.put(name, Buffer.concat(upload.chunks));
    return {
      name,
      ...(displayName !== undefined && { displayName }),
      mimeType,
      sizeBytes: `${received}`,
      state: 'ACTIVE',
    };
  }

  put(name: string, bytes: Uint8Array): void {
    this.#files.set(name, bytes);
  }

  /** Throws Google's answer to a file that is not there, which is no 404. */
  read(name: string): Uint8Array {
    const bytes = this.#files.get(name);
    if (bytes) return bytes;
    throw new GoogleError(
      403,
      'PERMISSION_DENIED',
      `You do not have permission to access the File ${name.replace('files/', '')} or it may not exist.`,
    );
  }
}
