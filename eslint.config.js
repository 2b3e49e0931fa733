// House rules. `mayImport` is the import table of docs/architecture.md; the lint zones are generated from it.
import importX from 'eslint-plugin-import-x';
import vitest from '@vitest/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const FEATURES = ['live', 'runs', 'evaluate', 'companion', 'agents', 'models'];

/** What app may import; a feature's sessions and stores may import the same. */
const BELOW_APP = [
  'domain',
  'protocol',
  'catalogue',
  'capture',
  'agent-link',
  'segmentation',
  'paint',
  'report',
  'evaluation',
  'pipeline',
];

/**
 * Which layers a layer may import (its own always), and which packages. A feature has two layers: its sessions and stores
 * ("features/live"), and its screens ("features/live/ui"). Each publishes one module, public.ts; other features reach no further.
 */
const mayImport = {
  domain: { layers: [], packages: [] },
  protocol: { layers: ['domain'], packages: ['zod'] },
  catalogue: { layers: ['domain'], packages: ['zod'] },
  'model-import': {
    layers: ['domain', 'catalogue'],
    packages: ['zod', '@bufbuild/protobuf', '@noble/hashes', 'fflate', 'flatbuffers', 'modern-tar'],
  },
  worker: {
    layers: ['domain', 'catalogue', 'model-import'],
    packages: ['@tensorflow/*', '@tensorflow-models/deeplab', '@litertjs/*', '@noble/hashes'],
  },
  capture: { layers: ['domain'], packages: ['image-dimensions'] },
  'agent-link': { layers: ['domain', 'protocol'], packages: ['zod'] },
  segmentation: { layers: ['domain', 'protocol', 'agent-link'], files: ['worker/messages'], packages: [] },
  paint: { layers: ['domain'], packages: ['fast-png'] },
  report: { layers: ['domain'], files: ['catalogue/fields'], packages: ['zod', 'fflate'] },
  evaluation: { layers: ['domain'], packages: ['fast-png'] },
  pipeline: { layers: ['domain'], types: ['capture', 'segmentation', 'paint'], packages: [] },
  app: {
    layers: BELOW_APP,
    files: ['worker/messages', 'worker/import-messages'],
    packages: ['idb', '@noble/hashes', 'zustand'],
  },
  'ui-kit': { layers: ['domain'], packages: ['react', 'react-dom', 'recharts', 'radix-ui'] },
  ...Object.fromEntries(
    FEATURES.flatMap((feature) => {
      const others = FEATURES.filter((other) => other !== feature);
      const published = others.map((other) => `features/${other}/public`);
      return [
        [
          `features/${feature}`,
          {
            layers: [...BELOW_APP, 'app'],
            files: ['worker/messages', 'worker/import-messages', ...published],
            packages: ['idb', '@noble/hashes', 'zustand'],
          },
        ],
        [
          `features/${feature}/ui`,
          {
            layers: ['domain', 'ui-kit', `features/${feature}`],
            types: ['app'],
            files: [...published, ...others.map((other) => `features/${other}/ui/public`)],
            packages: ['react', 'react-dom', 'recharts', 'radix-ui', 'zustand'],
          },
        ],
      ];
    }),
  ),
  // Outside src/, with its own package.json. It cuts .tflite files exactly as the page does.
  agent: {
    layers: ['domain', 'protocol'],
    files: ['model-import/tflite/cut-tail', 'model-import/tflite/read-tflite'],
    packages: ['zod'],
  },
};

const layers = Object.keys(mayImport);
const packagesKnown = [...new Set(layers.flatMap((layer) => mayImport[layer].packages))];

const folderOf = (layer) => (layer === 'agent' ? './agent/src' : `./src/${layer}`);
const hasScreens = (layer) => layers.includes(`${layer}/ui`);
/** A feature's sessions are directly in its folder, because its screens are in a folder below it. */
const filesOf = (layer) => (hasScreens(layer) ? `${folderOf(layer)}/*.ts` : folderOf(layer));

/** Each browser API has one home: only the listed layers may name these globals. */
const homes = {
  navigator: ['capture', 'app', 'worker', ...FEATURES.map((feature) => `features/${feature}`)],
  WebSocket: ['agent-link'],
  // features/models: the import worker is not a Segmenter and ends with the import.
  Worker: ['segmentation', 'features/models'],
  localStorage: ['app', ...FEATURES.map((feature) => `features/${feature}`)],
  performance: [
    'worker',
    'app',
    'segmentation',
    'capture',
    ...FEATURES.map((feature) => `features/${feature}`),
  ],
};

const zones = layers.flatMap((layer) => {
  const { layers: allowed, files = [], types = [] } = mayImport[layer];
  const isAllowed = (other) => other === layer || allowed.includes(other) || types.includes(other);
  return layers
    .filter((other) => !isAllowed(other))
    .map((other) => ({
      target: filesOf(layer),
      from: folderOf(other),
      except: files
        .filter((file) => file.startsWith(`${other}/`))
        .map((file) => `./${file.slice(other.length + 1)}.ts`),
      message: `${layer} may not import ${other} (see mayImport in eslint.config.js).`,
    }));
});

const layerRules = layers
  .filter((layer) => layer !== 'agent')
  .map((layer) => {
    const { types = [], packages } = mayImport[layer];
    const allows = (name) =>
      packages.includes(name) || packages.some((p) => p.endsWith('/*') && name.startsWith(p.slice(0, -1)));
    return {
      files: [hasScreens(layer) ? `src/${layer}/*.ts` : `src/${layer}/**/*.{ts,tsx}`],
      ignores: ['**/*.test.{ts,tsx}', '**/testing/**'],
      rules: {
        '@typescript-eslint/no-restricted-imports': [
          'error',
          {
            patterns: [
              ...packagesKnown
                .filter((name) => !allows(name))
                .map((name) => ({
                  group: name.endsWith('/*') ? [name] : [name, `${name}/*`],
                  message: `${layer} may not use this package (see mayImport in eslint.config.js).`,
                })),
              ...types.map((other) => ({
                group: [`**/${other}/*`],
                allowTypeImports: true,
                message: `${layer} may import only types of ${other}.`,
              })),
              { group: ['node:*'], message: 'src/ runs in the browser.' },
            ],
          },
        ],
        'no-restricted-globals': [
          'error',
          ...Object.entries(homes)
            .filter(([, homeLayers]) => !homeLayers.includes(layer))
            .map(([name, homeLayers]) => ({
              name,
              message: `${name} has its home in ${homeLayers.join(', ')}.`,
            })),
        ],
      },
    };
  });

export default tseslint.config(
  {
    ignores: [
      'dist',
      'agent/dist',
      '.tsbuild',
      'node_modules',
      'public',
      'test-results',
      'playwright-report',
      '.segscope',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          './config/es.json',
          './config/worker.json',
          './config/dom.json',
          './config/node.json',
          './config/agent.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-default-export': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Index loops over typed arrays are the house style of hot loops; `as number` states what the bound proves.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
    settings: {
      'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })],
    },
  },
  ...layerRules,
  {
    files: ['**/*.config.{ts,js}', 'eslint.config.js', '**/*.d.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }] },
  },
  {
    // A test that expects nothing cannot fail.
    files: ['**/*.test.{ts,tsx}', 'e2e/**/*.spec.ts'],
    plugins: { vitest },
    settings: { vitest: { vitestImports: [/playwright\/test$/, /live-page\.ts$/] } },
    rules: {
      'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
    },
  },
  // A test may use the doubles and the states of another feature.
  {
    files: ['src/features/**/*.test.{ts,tsx}', 'src/features/**/testing/**'],
    rules: { 'import-x/no-restricted-paths': 'off' },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
);
