import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { CITYSCAPES_CLASSES, type ClassListId } from '../domain/labels/class-list.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { summariseRun } from '../domain/measuring/run-summary.ts';
import { STAGE_PALETTE } from '../domain/measuring/stage-palette.ts';
import { STAGES } from '../domain/measuring/stage-timings.ts';
import { inferenceOnly, makeRun, NO_EVENTS } from '../domain/testing/run-record.ts';
import { latencySvg } from './latency-svg.ts';
import { legendsOf, legendSvg } from './legend-svg.ts';
import { labelRuns } from './run-label.ts';
import { stageBarsSvg } from './stage-bars-svg.ts';

const bars = (...runs: readonly RunRecord[]) => stageBarsSvg(runs, labelRuns(runs));
const latency = (run: RunRecord) => latencySvg(run, labelRuns([run]), 1);
/** Attribute values of one element, as numbers. */
const attribute = (svg: string, element: RegExp, name: string) =>
  [...svg.matchAll(element)].map(([tag]) => Number(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]));
const words = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, content]) => content);

describe('stageBarsSvg', () => {
  test('shows the median of every stage as a part, in the stage colours, in order', () => {
    const run = makeRun();
    const svg = bars(run);
    const parts = [...svg.matchAll(/<rect[^>]*fill="([^"]*)"[^>]*><title>(\w+) ([\d.]+) ms</g)];
    expect(parts.map(([, fill, stage]) => [stage, fill])).toEqual(
      STAGES.filter((stage) => stage !== 'encode').map((stage) => [stage, STAGE_PALETTE[stage].light]),
    );
    const widths = attribute(svg, /<rect[^>]*><title>/g, 'width');
    const medians = summariseRun(run).rows.filter(({ key, median }) => median > 0 && key !== 'frame');
    const scale = (widths[3] ?? NaN) / (medians[3]?.median ?? NaN);
    medians.forEach(({ median }, i) => expect(widths[i]).toBeCloseTo(median * scale, 1));
  });

  test('names every run, marks an invalid one, and prints its frame time', () => {
    const svg = bars(makeRun({ name: 'a' }), makeRun({ name: 'b', events: { ...NO_EVENTS, hidden: 1 } }));
    expect(words(svg)).toEqual(expect.arrayContaining(['a', 'b [not valid]', '43.6 ms']));
  });

  test('includes a run without frames, and says that it has none', () =>
    expect(words(bars(makeRun({ name: 'empty', frames: 0 })))).toContain('no frame'));
});

describe('latencySvg', () => {
  test('has one point per frame, and the trend line with its slope in words', () => {
    const frames = Array.from({ length: 100 }, (_, i) => 40 + 0.05 * i + (i % 2));
    const svg = latency({ ...makeRun(), columns: inferenceOnly(frames) });
    expect(/ d="M([^"]*)"/.exec(svg)?.[1]?.split('L')).toHaveLength(100);
    expect(svg).toContain('stroke-dasharray');
    expect(words(svg).join(' ')).toMatch(/Slope \+50\.\d ms per 1,000 frames, .*: a drift\./);
  });

  test('draws the least-squares line', () => {
    const svg = latency({
      ...makeRun(),
      columns: inferenceOnly(Array.from({ length: 60 }, (_, i) => 100 - i)),
    });
    const dashed = /<line[^>]*stroke-dasharray[^>]*>/g;
    const path = (/ d="M([^"]*)"/.exec(svg)?.[1] ?? '')
      .split('L')
      .map((point) => point.split(' ').map(Number));
    expect(attribute(svg, dashed, 'y1')[0]).toBeCloseTo(path[0]?.[1] ?? NaN, 1);
    expect(attribute(svg, dashed, 'y2')[0]).toBeCloseTo(path.at(-1)?.[1] ?? NaN, 1);
  });

  test('draws no line through fewer than 60 frames', () => {
    const svg = latency(makeRun({ frames: 59 }));
    expect(svg).not.toContain('stroke-dasharray');
    expect(words(svg).join(' ')).toContain('too few to tell');
  });

  test('keeps every peak of a long run', () => {
    const frames = Array.from({ length: 20_000 }, (_, i) => (i === 12_345 ? 500 : 40));
    const svg = latency({ ...makeRun(), columns: inferenceOnly(frames) });
    const heights = (/ d="M([^"]*)"/.exec(svg)?.[1] ?? '')
      .split('L')
      .map((point) => Number(point.split(' ')[1]));
    expect(heights.length).toBeLessThan(1500);
    // The plot begins at 52: the peak touches the top tick of 500.
    expect(Math.min(...heights)).toBe(52);
  });
});

function withClasses(
  run: RunRecord,
  classList: ClassListId | null,
  classNames: readonly string[],
): RunRecord {
  const { configuration } = run;
  const segmenter = { ...configuration.segmenter, classList, classNames };
  return { ...run, configuration: { ...configuration, segmenter } };
}

describe('legendSvg', () => {
  test('has every class with its index and colour, and void', () => {
    const svg = legendSvg({ classList: 'voc', classNames: ['background', 'aeroplane'] });
    expect(words(svg)).toEqual(['0 background', '1 aeroplane', '255 void: not counted']);
    expect(svg).toContain('fill="rgb(128 0 0)"');
  });

  test("uses the colours of the model's own list", () => {
    const svg = legendSvg({ classList: 'cityscapes', classNames: CITYSCAPES_CLASSES.names });
    expect(svg).toContain('fill="rgb(244 35 232)"');
  });

  test('is drawn once for each list of classes among the runs', () => {
    const voc = makeRun({ seed: 1 });
    const street = withClasses(makeRun({ seed: 2 }), 'cityscapes', CITYSCAPES_CLASSES.names);
    const numbered = withClasses(makeRun({ seed: 3 }), null, ['class 0', 'class 1']);
    expect(legendsOf([voc, voc]).map(({ name }) => name)).toEqual(['legend']);
    expect(legendsOf([voc, street, voc, numbered]).map(({ name }) => name)).toEqual([
      'legend-voc',
      'legend-cityscapes',
      'legend-2-classes',
    ]);
  });
});

describe('every chart', () => {
  const hostile = makeRun({ name: '</text><script>"&\u0000\uD800 ü 猫', frames: 80 });
  const all = {
    bars: bars(hostile),
    latency: latency(hostile),
    legend: legendSvg({ classList: null, classNames: ['<b>&"'] }),
  };

  test.each(Object.entries(all))(
    '%s renders in an independent renderer, with any names in it',
    async (_, svg) => {
      const { width, height } = await sharp(Buffer.from(svg)).metadata();
      expect([width, height]).toEqual([
        Number(/ width="(\d+)"/.exec(svg)?.[1]),
        Number(/ height="(\d+)"/.exec(svg)?.[1]),
      ]);
      const { channels } = await sharp(Buffer.from(svg)).stats();
      expect(channels.slice(0, 3).every(({ min, max }) => min < 100 && max === 255)).toBe(true);
    },
  );

  test.each(Object.entries(all))(
    '%s has a title and a description, and makes no network request',
    (_, svg) => {
      expect(svg).toMatch(/aria-labelledby="([\w-]+)-title \1-desc"/);
      expect(svg).toMatch(/<title id="[\w-]+-title">[^<]+<\/title>\n<desc id="[\w-]+-desc">[^<]+<\/desc>/);
      expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|<script|<style|url\(/);
    },
  );
});
