// Drives a headless Chromium through one scenario. Settings come as JSON in the environment; what
// was seen goes to standard output as one line of JSON. Exit code 0 when the scenario went through.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const { scenario, server, guid, bearer, browser, image, pictures } = JSON.parse(process.env.BROWSER_TEST)
const PATIENCE = 45_000
const STATE_CONNECTED = 3
const ON = 2
const SWITCH_ON = 2
const RESET = 10
const toolkit = createRequire(import.meta.url).resolve('@device-management-toolkit/ui-toolkit/bundles/core.bundle.js')

// The API's certificate is of a CA that this server made, and no system knows it.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'

async function api (method, path, body) {
  const answer = await fetch(server + '/api/v1' + path, {
    method,
    headers: { authorization: 'Bearer ' + bearer, 'content-type': 'application/json' },
    body: body && JSON.stringify(body)
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.status === 204 ? null : answer.json()
}

async function target () {
  const { token } = await api('GET', '/authorize/redirection/' + guid)
  return { host: guid, token }
}

/** Whatever was booted before: the system of the disk runs, or soon does. A PC that is just going on or off refuses. */
const restart = () => insist(async () => {
  const { powerstate } = await api('GET', '/amt/power/state/' + guid)
  return api('POST', '/amt/power/action/' + guid, { action: powerstate === ON ? RESET : SWITCH_ON })
})

async function insist (wish) {
  for (const end = Date.now() + PATIENCE; ;) {
    try {
      return await wish()
    } catch (refused) {
      if (Date.now() > end) throw refused
    }
    await new Promise(resolve => setTimeout(resolve, 1000))
  }
}

async function signIn (page) {
  await restart()
  await openTerminal(page)
  await page.waitForFunction(() => window.text.includes('login:'), null, { timeout: PATIENCE })
  await page.evaluate(() => window.type('root\r'))
  await page.waitForFunction(() => window.text.includes('Welcome to'), null, { timeout: PATIENCE })
}

const scenarios = {
  /** The desktop is seen, a click changes its colour, keys are written on it. */
  async screen (page) {
    await restart()
    await page.evaluate(it => window.openScreen(it), await target())
    await page.waitForFunction(() => document.getElementById('screen').width === 1024, null, { timeout: PATIENCE })
    await page.waitForFunction(() => window.pixel(900, 700) !== '#000000', null, { timeout: PATIENCE })
    await page.screenshot({ path: pictures + '/kvm-desktop.png' })
    const before = await page.evaluate(() => window.pixel(900, 700))
    await page.mouse.move(300, 656)
    await page.mouse.down()
    await page.mouse.up()
    await page.waitForFunction(was => window.pixel(900, 700) !== was, before, { timeout: PATIENCE })
    const after = await page.evaluate(() => window.pixel(900, 700))
    await page.screenshot({ path: pictures + '/kvm-clicked.png' })
    const unwritten = await page.evaluate(() => window.dark(40, 480, 660, 40))
    await page.keyboard.type('HELLO FROM CHROMIUM')
    await page.waitForFunction(was => window.dark(40, 480, 660, 40) > was + 60, unwritten, { timeout: PATIENCE })
    await page.screenshot({ path: pictures + '/kvm-typed.png' })
    const status = await api('GET', '/devices/redirectstatus/' + guid)
    await page.evaluate(() => window.closeScreen())
    return { before, after, status, states: await page.evaluate(() => window.screenStates) }
  },

  /** Somebody signs in on the text console. */
  async terminal (page) {
    await signIn(page)
    await page.evaluate(() => window.type('uname -a\r'))
    await page.waitForFunction(() => /Linux \S+ 6\./.test(window.text), null, { timeout: PATIENCE })
    await page.screenshot({ path: pictures + '/sol.png' })
    return { text: await page.evaluate(() => window.text) }
  },

  /** The PC boots the image that the browser serves; the text console tells of it. */
  async drive (page) {
    await restart()
    await openTerminal(page)
    await page.waitForFunction(() => window.text.includes('login:'), null, { timeout: PATIENCE })
    await page.evaluate(([it, bytes]) => window.openDrive(it, bytes), [await target(), readFileSync(image).toString('base64')])
    await page.waitForFunction(connected => window.driveStates.includes(connected), STATE_CONNECTED, { timeout: PATIENCE })
    await insist(() => api('POST', '/amt/power/bootOptions/' + guid, { action: 202, useSOL: true }))
    await page.waitForFunction(() => window.text.includes('Sectors'), null, { timeout: PATIENCE })
    await page.screenshot({ path: pictures + '/ider.png' })
    return { text: await page.evaluate(() => window.text), read: await page.evaluate(() => window.drive.cdromRead) }
  },

  /** A token that nobody made, and one that was used, open nothing. */
  async refused (page) {
    await page.evaluate(it => window.openScreen({ host: it, token: 'made-up' }), guid)
    await page.waitForFunction(() => window.screenStates.includes(0), null, { timeout: PATIENCE })
    const states = await page.evaluate(() => window.screenStates)
    return { states }
  },

  /** A page that hangs while its PC prints without end; until the driver is ended. */
  async stalled (page) {
    await signIn(page)
    await page.evaluate(() => window.type('yes overflowing\r'))
    await page.waitForFunction(() => window.text.includes('overflowing\r\noverflowing'), null, { timeout: PATIENCE })
    page.evaluate(() => { for (;;) { /* hangs */ } }).catch(() => {})
    console.log(JSON.stringify({ stalled: true }))
    return new Promise(() => setInterval(() => {}, 1000))
  }
}

async function openTerminal (page) {
  await page.evaluate(it => window.openTerminal(it), await target())
  await page.waitForFunction(connected => window.terminalStates.includes(connected), STATE_CONNECTED, { timeout: PATIENCE })
}

// Pages that the driver itself delivers count as public ones, which Chromium keeps out of loopback.
const chrome = await chromium.launch({
  executablePath: browser,
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-features=LocalNetworkAccessChecks']
})
try {
  const page = await chrome.newPage({ ignoreHTTPSErrors: true, viewport: { width: 1100, height: 1000 } })
  page.on('pageerror', error => console.error('page: ' + error))
  page.on('console', message => console.error('console: ' + message.text()))
  // The page comes from the server's own origin, as a console's pages do.
  await page.route(server + '/browser-test/**', route => route.fulfill(route.request().url().endsWith('toolkit.js')
    ? { contentType: 'text/javascript', body: readFileSync(toolkit) }
    : { contentType: 'text/html', body: readFileSync(new URL('page.html', import.meta.url)) }))
  await page.goto(server + '/browser-test/')
  try {
    console.log(JSON.stringify(await scenarios[scenario](page)))
  } catch (failure) {
    await page.screenshot({ path: `${pictures}/${scenario}-failed.png` })
    throw failure
  }
} finally {
  await Promise.race([chrome.close(), new Promise(resolve => setTimeout(resolve, 5000))])
}
process.exit(0)
