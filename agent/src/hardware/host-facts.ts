/** What machine the agent runs on, in the machine's own words. */
import { readFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, release, type } from 'node:os';
import type { AnswerOf } from '../../../src/protocol/answers.ts';

/** @param modelFile where a board's firmware names it: "Raspberry Pi 4 Model B Rev 1.4" and a zero byte */
export async function hostFacts(modelFile = '/proc/device-tree/model'): Promise<AnswerOf<'greeted'>['host']> {
  const board = await readFile(modelFile, 'utf8').then(
    (text) => text.replace(/\0+$/, '').trim(),
    () => cpus()[0]?.model.trim() ?? '',
  );
  return {
    system: `${type()} ${release()}`,
    architecture: arch(),
    board: board === '' ? null : board,
    cores: availableParallelism(),
    node: process.version,
  };
}
