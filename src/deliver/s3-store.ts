import { UsageError } from '../lib/errors.js';
import { sha256 } from '../lib/hash.js';
import { pathOf, type Store } from './store.js';

/** The usual AWS variables. */
export interface AwsEnvironment {
  accessKeyId: string | undefined;
  secretAccessKey: string | undefined;
  sessionToken: string | undefined;
  region: string | undefined;
  /** Of a compatible store. */
  endpoint: string | undefined;
}

/**
 * Objects of a bucket, `s3://bucket/prefix`. aws4fetch makes the signatures: 11 kB without dependencies, where
 * @aws-sdk/client-s3 is 22 MB in 26 packages for one PUT. @throws UsageError for what cannot be sent
 */
export function s3Store(written: string, aws: AwsEnvironment): Store {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?#]*))?$/.exec(written) ?? [];
  if (bucket === undefined) {
    throw new UsageError('--upload: that is no place in S3', { fix: 'Write it like s3://bucket/prefix.' });
  }
  const { accessKeyId, secretAccessKey, sessionToken } = aws;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new UsageError('--upload: there are no keys for S3', {
      fix: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN, if they come with one).',
    });
  }
  const region = aws.region ?? (aws.endpoint === undefined ? undefined : 'us-east-1');
  if (region === undefined) {
    throw new UsageError('--upload: there is no region for S3', { fix: 'Set AWS_REGION.' });
  }
  const home = bucketUrl(bucket, region, aws.endpoint);
  const below = (name: string) => [...prefix.split('/').filter((part) => part !== ''), name].join('/');
  return {
    host: new URL(home).host,
    shown: (name) => `s3://${bucket}/${below(name)}`,
    async put(name, bytes, type) {
      const { AwsV4Signer } = await import('aws4fetch');
      const url = `${home}/${pathOf(below(name))}`;
      const headers = { 'content-type': type, 'x-amz-content-sha256': sha256(bytes) };
      const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
      const signer = new AwsV4Signer({ method: 'PUT', url, headers, ...keys, service: 's3', region });
      const signed = await signer.sign();
      return { method: 'PUT', url: signed.url, headers: Object.fromEntries(signed.headers), body: bytes };
    },
  };
}

/** A bucket has a host of its own at AWS, unless its name has dots, which no certificate covers; elsewhere a path. */
function bucketUrl(bucket: string, region: string, endpoint: string | undefined): string {
  if (endpoint !== undefined) {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
      throw new UsageError('AWS_ENDPOINT_URL_S3 is no web address', { fix: 'Write it like https://host.' });
    }
    return `${url.origin}${url.pathname.replace(/\/$/, '')}/${bucket}`;
  }
  if (!/^[a-z0-9-]+$/.test(region)) throw new UsageError(`AWS_REGION: '${region}' is no region`);
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}
