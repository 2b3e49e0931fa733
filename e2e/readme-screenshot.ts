/** `npm run readme:screenshot`: makes every picture in the README from the built page and a real agent. `--no-build` uses the existing dist/. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { startHash, startPageDriver, untilSettled, type PageDriver } from './bench/page-driver.ts';
import { buildRealAgent, startRealAgent } from './fixtures/real-agent.ts';

const FOLDER = 'docs/pictures';

/** The page texts that this script needs; everything else uses links and `window.segscope`. */
const WORDING = {
  agreement: { region: 'Agreement without truth', start: 'Compare on the live source' },
  evaluate: 'Evaluate',
  run: /^Run \d+ configurations?$/,
  dismiss: /^Dismiss/,
  companion: { measurements: 'Measurements', frames: /\b(?:[6-9]\d|\d{3,}) frames that both/ },
};

const PLAN =
  '#/runs?plan=1&frames=20&seconds=0&warm-up=10&run=segscope-mnv2-257,segscope-mnv2-257-uint8;wasm,litert;257;ours;sample:astronaut';

const live = (source: string, backend: string) =>
  startHash({ source, model: 'segscope-mnv2-257', backend, inputSize: 257, pipeline: 'ours' });

/** As a PNG with 256 colours: a photo takes a third of the bytes, and the difference is invisible at this size. */
async function save(name: string, screenshot: Buffer): Promise<void> {
  const path = `${FOLDER}/${name}.png`;
  const { size } = await sharp(screenshot)
    .png({ palette: true, compressionLevel: 9, effort: 10 })
    .toFile(path);
  console.log(`${path}: ${(size / 1000).toFixed(0)} kB`);
}

async function livePage(driver: PageDriver): Promise<void> {
  const { page } = await driver.open(live('sample:astronaut', 'auto'));
  await page.setViewportSize({ width: 1200, height: 780 });
  await untilSettled(page);
  await page.waitForFunction(
    () => (globalThis.segscope?.live.timing.getState().snapshot?.recent.length ?? 0) >= 120,
  );
  await save('live', await page.screenshot());
  await page.context().close();
}

async function comparison(driver: PageDriver): Promise<void> {
  const { page } = await driver.open(live('moving:chelsea', 'litert'));
  await page.setViewportSize({ width: 1200, height: 1000 });
  await untilSettled(page);
  await page.getByRole('link', { name: WORDING.evaluate }).click();
  const section = page.getByRole('region', { name: WORDING.agreement.region });
  await section.getByRole('button', { name: WORDING.agreement.start }).click();
  await page.evaluate(async () => {
    const store = (await globalThis.segscope?.evaluation())?.agreement.agreement;
    await new Promise<void>((resolve) => {
      store?.subscribe(({ reading }) => {
        if ((reading?.frames ?? 0) >= 40) resolve();
      });
    });
  });
  await dismissNotices(page);
  await save('compare', await section.screenshot());
  await page.context().close();
}

async function report(driver: PageDriver): Promise<void> {
  const { page } = await driver.open(PLAN);
  await page.getByRole('button', { name: WORDING.run }).click();
  const zip = await page.evaluate(async () => {
    const session = await globalThis.segscope?.runs();
    if (session === undefined) return [];
    await new Promise<void>((resolve) => {
      session.runs.subscribe(({ outcome }) => {
        if (outcome !== null) resolve();
      });
    });
    const { history } = session.runs.getState();
    const runs = history.kind === 'ready' ? [...history.runs].reverse() : [];
    const [bundle] = await session.exportRuns(runs, 'bundle');
    return bundle === undefined ? [] : [...new Uint8Array(await bundle.blob.arrayBuffer())];
  });
  const html = unzipSync(Uint8Array.from(zip))['report.html'];
  if (html === undefined) throw new Error('The bundle has no report.html.');
  const folder = await mkdtemp(join(tmpdir(), 'segscope-report-'));
  try {
    await writeFile(join(folder, 'report.html'), html);
    await page.setViewportSize({ width: 1200, height: 900 });
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
    await save('report', await page.screenshot());
  } finally {
    await rm(folder, { recursive: true });
  }
  await page.context().close();
}

async function companion(driver: PageDriver): Promise<void> {
  await buildRealAgent();
  const agent = await startRealAgent();
  try {
    const context = await driver.browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await context.newPage();
    await page.goto(`${agent.origin}/pi.html#?source=sample:chelsea&backend=wasm&token=${agent.code}`);
    const measurements = page.getByRole('region', { name: WORDING.companion.measurements });
    const speed = measurements.locator('section, div').filter({ hasText: WORDING.companion.frames }).last();
    await speed.waitFor({ timeout: 180_000 });
    await dismissNotices(page);
    // The machine details above are not about Segscope, so the picture omits them.
    await speed.evaluate((part) => {
      part.scrollIntoView();
    });
    await save('companion', await page.screenshot());
    await context.close();
  } finally {
    await agent.stop();
  }
}

async function dismissNotices(page: Page): Promise<void> {
  const buttons = page.getByRole('button', { name: WORDING.dismiss });
  while ((await buttons.count()) > 0) await buttons.first().click();
}

const driver = await startPageDriver({ build: !process.argv.includes('--no-build'), gpu: false });
try {
  await mkdir(FOLDER, { recursive: true });
  await livePage(driver);
  await comparison(driver);
  await report(driver);
  await companion(driver);
} finally {
  await driver.close();
}
