// Rules of the house. `mayImport` is the import table of the design; the zones are generated from it.
import importX from 'eslint-plugin-import-x';
import vitest from '@vitest/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Which rooms of src/ a room may import from (itself always), which packages, and which globals it is the home of. */
const mayImport = {
  domain: { rooms: [], packages: [] },
  protocol: { rooms: ['domain'], packages: ['zod'] },
  catalogue: { rooms: ['domain'], packages: ['zod'] },
  'model-import': {
    rooms: ['domain', 'catalogue'],
    packages: ['zod', '@bufbuild/protobuf', '@noble/hashes', 'fflate', 'flatbuffers', 'modern-tar'],
  },
  worker: {
    rooms: ['domain', 'catalogue', 'model-import'],
    packages: ['@tensorflow/*', '@tensorflow-models/deeplab', '@litertjs/*', '@noble/hashes'],
  },
  capture: { rooms: ['domain'], packages: ['image-dimensions'] },
  'agent-link': { rooms: ['domain', 'protocol'], packages: ['zod'] },
  segmentation: { rooms: ['domain', 'protocol', 'agent-link'], files: ['worker/messages'], packages: [] },
  paint: { rooms: ['domain'], packages: ['fast-png'] },
  report: { rooms: ['domain'], files: ['catalogue/fields'], packages: ['zod', 'fflate'] },
  evaluation: { rooms: ['domain'], packages: ['fast-png'] },
  pipeline: { rooms: ['domain'], types: ['capture', 'segmentation', 'paint'], packages: [] },
  state: { rooms: ['domain'], packages: ['zustand'] },
  app: {
    rooms: [
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
      'state',
    ],
    files: ['worker/messages', 'worker/import-messages'],
    packages: ['idb', '@noble/hashes'],
  },
  ui: {
    rooms: ['domain', 'state'],
    types: ['app'],
    packages: ['react', 'react-dom', 'recharts', 'radix-ui', 'zustand'],
  },
  // Lies beside src/ and has a package.json of its own. It cuts .tflite files exactly as the page does.
  agent: {
    rooms: ['domain', 'protocol'],
    files: ['model-import/tflite/cut-tail', 'model-import/tflite/read-tflite'],
    packages: ['zod'],
  },
};

const folderOf = (room) => (room === 'agent' ? './agent/src' : `./src/${room}`);

/** One browser API has one home: these globals may be named only in the rooms listed. */
const homes = {
  navigator: ['capture', 'app', 'worker'],
  WebSocket: ['agent-link'],
  // app: the import worker makes no Segmenter, and ends with the import.
  Worker: ['segmentation', 'app'],
  localStorage: ['app'],
  performance: ['worker', 'app', 'segmentation', 'capture'],
};

const rooms = Object.keys(mayImport);
const packagesKnown = [...new Set(Object.values(mayImport).flatMap((room) => room.packages))];

const zones = rooms.flatMap((room) => {
  const { rooms: allowed, files = [], types = [] } = mayImport[room];
  return rooms
    .filter((other) => other !== room && !allowed.includes(other) && !types.includes(other))
    .map((other) => ({
      target: folderOf(room),
      from: folderOf(other),
      except: files
        .filter((file) => file.startsWith(`${other}/`))
        .map((file) => `./${file.slice(other.length + 1)}.ts`),
      message: `${room} may not import ${other} (see mayImport in eslint.config.js).`,
    }));
});

const roomRules = rooms
  .filter((room) => room !== 'agent')
  .map((room) => {
    const { types = [], packages } = mayImport[room];
    const allows = (name) =>
      packages.includes(name) || packages.some((p) => p.endsWith('/*') && name.startsWith(p.slice(0, -1)));
    return {
      files: [`src/${room}/**/*.{ts,tsx}`],
      ignores: ['**/*.test.{ts,tsx}'],
      rules: {
        '@typescript-eslint/no-restricted-imports': [
          'error',
          {
            patterns: [
              ...packagesKnown
                .filter((name) => !allows(name))
                .map((name) => ({
                  group: name.endsWith('/*') ? [name] : [name, `${name}/*`],
                  message: `${room} may not use this package (see mayImport in eslint.config.js).`,
                })),
              ...types.map((other) => ({
                group: [`**/${other}/*`],
                allowTypeImports: true,
                message: `${room} may import only types of ${other}.`,
              })),
              { group: ['node:*'], message: 'src/ runs in the browser.' },
            ],
          },
        ],
        'no-restricted-globals': [
          'error',
          ...Object.entries(homes)
            .filter(([, homeRooms]) => !homeRooms.includes(room))
            .map(([name, homeRooms]) => ({
              name,
              message: `${name} has its home in ${homeRooms.join(', ')}.`,
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
  ...roomRules,
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
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
);
