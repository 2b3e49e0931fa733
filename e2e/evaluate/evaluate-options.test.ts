import { describe, expect, test } from 'vitest';
import { agentSetup, browserSetup } from '../../src/domain/setup.ts';
import { readEvaluateOptions } from './evaluate-options.ts';

const folders = ['--images', 'src', '--masks', 'e2e'];

describe('the command line of an evaluation', () => {
  test('pads pictures on wasm by default', () => {
    expect(readEvaluateOptions(folders)).toMatchObject({
      images: 'src',
      masks: 'e2e',
      choices: [
        {
          ...browserSetup('segscope-mnv2-257', 1, 'wasm', { preprocessing: 'native' }),
          inputSize: null,
        },
      ],
      list: null,
      limit: null,
      build: true,
    });
    expect(readEvaluateOptions([...folders, '--preprocess', 'fit', '--no-build'])).toMatchObject({
      choices: [{ preprocessing: 'fit' }],
      build: false,
    });
  });

  test('takes several values separated by commas, and scores every combination', () => {
    const { choices } = readEvaluateOptions([
      ...folders,
      ...[
        '--model',
        'a,b',
        '--preprocess',
        'stretch, crop',
        '--align-corners',
        'on,off',
        '--size',
        '257,513',
      ],
    ]);
    expect(choices).toHaveLength(16);
    expect(new Set(choices.map((choice) => JSON.stringify(choice))).size).toBe(16);
    expect(choices[0]).toEqual(browserSetup('a', 257, 'wasm', { preprocessing: 'stretch' }));
    expect(choices[1]).toEqual({ ...choices[0], upsampling: 'unaligned' });
  });

  test('takes an agent’s models with its address and code, with every pre-processing and both tails', () => {
    const agentOptions = (agent: string, ...more: string[]) =>
      readEvaluateOptions([...folders, '--model', 'a,b@agent', '--agent', agent, ...more]);
    for (const text of ['pi:8590,abc', 'http://pi:8590/#token=abc', 'pi:8590#token=abc']) {
      expect(agentOptions(text).agent).toEqual({ address: 'pi:8590', code: 'abc' });
    }
    expect(agentOptions('pi:8590').agent).toEqual({ address: 'pi:8590', code: '' });
    const { choices } = agentOptions('pi:8590,abc', '--pipeline', 'ours,stock', '--device', 'edgetpu');
    const place = { agent: 'pi:8590', device: 'edgetpu', threads: 1 } as const;
    expect(choices.slice(2)).toEqual(
      (['cut', 'stock'] as const).map((tail) => ({
        ...agentSetup('b', 1, { ...place, tail }, 'native'),
        inputSize: null,
      })),
    );
  });

  test.each([
    [[], '--images is missing'],
    [[...folders, '--model', 'a@agent'], '--model a@agent needs --agent'],
    [[...folders, '--agent', 'pi:8590,x'], 'no --model that ends in @agent'],
    [[...folders, '--model', 'a@agent', '--agent', 'somewhere'], '--agent somewhere is no HOST:PORT,CODE'],
    [[...folders, '--device', 'gpu'], '--device gpu is unknown: use cpu or edgetpu'],
    [[...folders, '--threads', '9'], '--threads 9 is more than 8'],
    [['--images', 'src'], '--masks is missing'],
    [['--images', 'nowhere', '--masks', 'e2e'], '--images nowhere is no folder'],
    [[...folders, '--list', 'src'], '--list src is no file'],
    [[...folders, '--backend', 'tpu'], '--backend tpu is unknown'],
    [[...folders, '--preprocess', 'squeeze'], '--preprocess squeeze is unknown'],
    [[...folders, '--align-corners', 'perhaps'], '--align-corners perhaps is unknown'],
    [[...folders, '--pipeline', 'oil'], '--pipeline oil is unknown'],
    [[...folders, '--limit', '0'], '--limit 0 is not a whole number'],
    [[...folders, '--size', 'large'], '--size large is not a whole number'],
    [[...folders, '--colour', 'red'], '--colour'],
  ])('%j is refused with one sentence', (argv, sentence) =>
    expect(() => readEvaluateOptions(argv)).toThrow(sentence),
  );
});
