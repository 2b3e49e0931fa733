/** LiteRT.js behind the Runtime port: its device and the open network. */
import type { LitertDevice } from './litert-device.ts';
import type { LitertNetwork } from './litert-network.ts';
import type { LoadRequest, OpenedModel, Runtime, RuntimeModel } from './runtime.ts';

/** A downloaded model; open() also returns the network. */
export interface LitertModel extends Pick<RuntimeModel, 'files'> {
  open(request: LoadRequest): Promise<OpenedModel & { readonly network: LitertNetwork }>;
}

/** @param download as Runtime.download */
export function litertRuntime(
  { name, device }: LitertDevice,
  download: (...wanted: Parameters<Runtime['download']>) => Promise<LitertModel>,
): Runtime {
  let network: LitertNetwork | null = null;
  return {
    name,
    device: {
      ...device,
      close() {
        network?.dispose();
        device.close();
      },
    },
    memory: () => network?.memory() ?? { tensors: 0, bytes: 0 },
    async download(model, onProgress) {
      const arrived = await download(model, onProgress);
      return {
        files: arrived.files,
        async open(request) {
          const opened = await arrived.open(request);
          network = opened.network;
          return opened;
        },
      };
    },
  };
}
