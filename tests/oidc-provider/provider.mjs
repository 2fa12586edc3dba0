// A provider on this machine for the tests: node provider.mjs PORT SITE [ALGORITHM] [thin]
// Prints "ready" once it answers, and ends with the standard input, so that it never outlives the test.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, site, algorithm = 'RS256', thin] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const key = algorithm === 'ES256'
  ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  : generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const people = {
  jo: { name: 'Jo Rivera', email: 'jo.rivera@riverton.example', roles: ['Writers', 'Unknown'], groups: ['g-supervisors'] },
  sam: { name: 'Sam Okafor', email: 'sam.okafor@riverton.example', roles: [], groups: [] },
};

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'policyhub',
    client_secret: process.env.CLIENT_SECRET,
    redirect_uris: [`${site}/signin-oidc`],
    post_logout_redirect_uris: [`${site}/signout-callback-oidc`],
    backchannel_logout_uri: `${site}/signout-oidc/back-channel`,
    backchannel_logout_session_required: true,
    id_token_signed_response_alg: algorithm,
  }],
  jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: algorithm }] },
  cookies: { keys: [randomUUID()] },
  claims: { openid: ['sub'], profile: ['name'], email: ['email'], work: ['roles', 'groups'] },
  scopes: ['openid', 'profile', 'email', 'work'],
  conformIdTokenClaims: thin === 'thin',
  pkce: { required: () => true },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  features: { backchannelLogout: { enabled: true } },
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
