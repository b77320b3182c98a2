// The real Bluesky servers (PLC, PDS, AppView) on loopback, for the tests.
//
//   node devnet.mjs [--rate-limits]
//
// Starts PostgreSQL and Redis in a temporary folder and the servers in this process, then writes one line of JSON
// on stdout: { control, plc, pds, appview }. Lives until stdin ends; then everything is removed. Control calls (POST, JSON):
//
//   /settle        {}               the AppView has seen every write
//   /accounts      { name }         NAME.test with an app password: { did, handle, appPassword, accessJwt }
//   /indexing      { on }           false: writes go on, what is read grows stale
//   /thread-depth  { most }         cut threads at this depth, as production does; null: as deep as is asked
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'

const HOST = '127.0.0.1'
const folder = mkdtempSync(path.join(tmpdir(), 'pullquote-devnet-'))
chmodSync(folder, 0o711) // PostgreSQL runs as another user and must pass through
process.env.TMPDIR = path.join(folder, 'servers') // where the PDS puts its files
mkdirSync(process.env.TMPDIR)

const databases = []
process.on('exit', () => {
  for (const child of databases) child.kill('SIGINT')
  rmSync(folder, { recursive: true, force: true })
})

// The servers listen on every interface unless told otherwise, and cannot be told.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (first, ...rest) {
  if (typeof first === 'object' && first !== null) return listen.call(this, { ...first, host: HOST }, ...rest)
  return listen.call(this, first, HOST, ...rest.filter((value) => typeof value !== 'string'))
}

function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject)
    server.listen(0, () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function waitForPort(port, child) {
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}; see ${folder}`)
    const open = await new Promise((resolve) => {
      const socket = net.connect(port, HOST)
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)).once('close', () => socket.destroy())
      socket.once('connect', () => socket.end())
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${child.spawnfile} did not open port ${port}`)
}

function findPostgres() {
  const root = '/usr/lib/postgresql' // Debian keeps the server's programs out of PATH
  if (!existsSync(root)) return ''
  const versions = readdirSync(root).filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a))
  return versions.length ? path.join(root, versions[0], 'bin') + '/' : ''
}

async function startPostgres() {
  const port = await findFreePort()
  const data = path.join(folder, 'postgres')
  const bin = findPostgres()
  const log = openSync(path.join(folder, 'postgres.log'), 'a')
  const options = { stdio: ['ignore', log, log], cwd: '/', env: { ...process.env, LC_ALL: 'C.UTF-8' } }
  mkdirSync(data, { mode: 0o700 })
  if (process.getuid() === 0) { // it refuses to run as root
    options.uid = Number(execFileSync('id', ['-u', 'postgres']))
    options.gid = Number(execFileSync('id', ['-g', 'postgres']))
    chownSync(data, options.uid, options.gid)
  }
  execFileSync(bin + 'initdb', ['-D', data, '-U', 'devnet', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options)
  const unsafe = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']
  const flags = unsafe.flatMap((setting) => ['-c', setting])
  const child = spawn(bin + 'postgres', ['-D', data, '-p', port, '-h', HOST, '-k', '', ...flags], options)
  databases.push(child)
  await waitForPort(port, child)
  return `postgres://devnet@${HOST}:${port}/postgres`
}

async function startRedis() {
  const port = await findFreePort()
  const child = spawn('redis-server', ['--port', port, '--bind', HOST, '--save', '', '--dir', folder], { stdio: 'ignore' })
  databases.push(child)
  await waitForPort(port, child)
  return `${HOST}:${port}`
}

async function startNetwork() {
  const [dbPostgresUrl, redis] = await Promise.all([startPostgres(), startRedis()])
  process.env.REDIS_HOST = redis
  const { TestNetwork } = await import('@atproto/dev-env')
  const [plc, pds, bsky, ozone] = await Promise.all([1, 2, 3, 4].map(findFreePort))
  return TestNetwork.create({
    dbPostgresUrl,
    dbPostgresSchema: 'devnet',
    plc: { port: plc },
    pds: {
      port: pds,
      hostname: 'localhost',
      enableDidDocWithSession: true,
      rateLimitsEnabled: process.argv.includes('--rate-limits'),
      rateLimitBypassKey: 'devnet', // the header x-ratelimit-bypass
    },
    bsky: { port: bsky },
    ozone: { port: ozone },
  })
}

async function callPds(network, nsid, body, token) {
  const headers = { 'content-type': 'application/json', 'x-ratelimit-bypass': 'devnet' }
  if (token) headers.authorization = `Bearer ${token}`
  const answer = await fetch(`${network.pds.url}/xrpc/${nsid}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${nsid}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

async function addAccount(network, name) {
  const handle = `${name}.test`
  const account = { handle, email: `${name}@example.test`, password: `main-password-of-${name}` }
  const { did, accessJwt } = await callPds(network, 'com.atproto.server.createAccount', account)
  const app = await callPds(network, 'com.atproto.server.createAppPassword', { name: 'tests' }, accessJwt)
  const record = { $type: 'app.bsky.actor.profile', displayName: name } // without one the AppView knows little
  const profile = { repo: did, collection: 'app.bsky.actor.profile', rkey: 'self', record }
  await callPds(network, 'com.atproto.repo.putRecord', profile, accessJwt)
  return { did, handle, appPassword: app.password, accessJwt }
}

// What the AppView hears while it is not to index waits here, in order. Its own `restart` would read everything
// again from the first event, all at once: on a slow machine its pool of connections never came free again.
let held = null

function holdEvents(network) {
  const { runner } = network.bsky.sub
  const track = runner.trackEvent.bind(runner)
  runner.trackEvent = (...event) => (held ? Promise.resolve(held.push(event)) : track(...event))
  runner.mainQueue.concurrency = 4 // fewer than the pool has connections, for the same reason
}

async function setIndexing(network, on) {
  if (!on) {
    await settle(network)
    held = []
    return
  }
  const events = held ?? []
  held = null
  for (const event of events) network.bsky.sub.runner.trackEvent(...event)
}

async function settle(network) {
  await network.processAll(60_000) // milliseconds
  await network.bsky.sub.processAll() // notifications of the last event may have been queued meanwhile
}

const controls = {
  '/settle': (network) => settle(network),
  '/accounts': (network, { name }) => addAccount(network, name),
  '/indexing': (network, { on }) => setIndexing(network, on),
  '/thread-depth': (network, { most }) => { network.bsky.ctx.cfg.cfg.maxThreadDepth = most ?? undefined },
}

function serveControl(network) {
  const server = http.createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    let status = 200
    let answer
    try {
      answer = await controls[request.url](network, JSON.parse(body || '{}'))
    } catch (error) {
      status = 500
      answer = { error: String(error?.message ?? error) }
    }
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? {}))
  })
  return new Promise((resolve) => server.listen(0, () => resolve(server.address().port)))
}

// The databases die with this process ('exit' above), and the servers have nothing worth a clean end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0))
process.stdin.resume().on('end', () => process.exit(0))

const network = await startNetwork()
holdEvents(network)
const control = `http://localhost:${await serveControl(network)}`
process.stdout.write(JSON.stringify({ control, plc: network.plc.url, pds: network.pds.url, appview: network.bsky.url }) + '\n')
