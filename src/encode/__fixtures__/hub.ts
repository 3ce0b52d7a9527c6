import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A server on loopback; `url` ends with a slash. It ends with the scope. */
export class Loopback implements AsyncDisposable {
  private constructor(
    readonly url: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async serve(listener: RequestListener): Promise<Loopback> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const end = () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      });
    return new Loopback(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, end);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }
}

/**
 * A mirror of the model hub: `/{owner}/{name}/resolve/main/{file}` for the folders of `models`, by id. What is asked
 * for is noted in `asked`.
 */
export function hubOf(models: Record<string, string>, asked: string[] = []): RequestListener {
  return (request, response) => {
    const [, id = '', file = ''] = /^\/([^/]+\/[^/]+)\/resolve\/main\/(.+)$/.exec(request.url ?? '') ?? [];
    const folder = models[id];
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (folder === undefined || !existsSync(join(folder, file))) {
      response.writeHead(404).end();
      return;
    }
    const body = readFileSync(join(folder, file));
    response.writeHead(200, { 'content-length': body.length });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    // In two pieces, as large files come.
    response.write(body.subarray(0, body.length >> 1));
    setTimeout(() => response.end(body.subarray(body.length >> 1)), 10);
  };
}
