import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A token as Google's look, with a character that JSON may escape. */
export const TOKEN = 'ya29.test-access-token_0123456789/abcdef';

/** The answer of a server of tokens. */
export const granted = { access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 };

/**
 * Credentials of a workload that has a token of another issuer in a file, as CI systems have: exchanged for Google's
 * at an address that the credentials name. @returns the path of the file, and what must stay in it
 */
export function federated(folder: string, tokenUrl: string): { file: string; secret: string } {
  const file = join(folder, 'federated.json');
  const secret = 'subject-token-of-the-workload-0123456789';
  writeFileSync(join(folder, 'subject.txt'), secret);
  const credentials = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/ci',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: tokenUrl,
    credential_source: { file: join(folder, 'subject.txt') },
  };
  writeFileSync(file, JSON.stringify(credentials));
  return { file, secret };
}

/** The key file of a service account, with a key pair made for it. */
export function serviceAccount(folder: string): { file: string; privateKey: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const file = join(folder, 'service-account.json');
  const credentials = {
    type: 'service_account',
    project_id: 'my-project',
    private_key_id: 'k1',
    private_key: privateKey,
    client_email: 'robot@my-project.iam.gserviceaccount.com',
    token_uri: 'https://oauth2.googleapis.com/token',
  };
  writeFileSync(file, JSON.stringify(credentials));
  return { file, privateKey, publicKey };
}
