/** The name of a WebGPU adapter, in old and new browsers. */

/** For instance "nvidia ampere"; "unknown adapter" if it has no name. */
export async function adapterName(adapter: GPUAdapter): Promise<string> {
  const { vendor, architecture, device, description } = hasInfo(adapter)
    ? adapter.info
    : await adapter.requestAdapterInfo();
  const name = [vendor, architecture, device, description].filter((part) => part !== '').join(' ');
  return name === '' ? 'unknown adapter' : name;
}

/** The adapter that a library gets for the same request. @throws Error without one. */
export async function fastestAdapter(): Promise<GPUAdapter> {
  // Not every browser has navigator.gpu, despite the types.
  const adapter =
    'gpu' in navigator ? await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }) : null;
  if (adapter === null) throw new Error('this browser has no WebGPU adapter');
  return adapter;
}

/** The successor of requestAdapterInfo(), which browsers have since removed. */
function hasInfo(adapter: GPUAdapter): adapter is GPUAdapter & { readonly info: GPUAdapterInfo } {
  return 'info' in adapter;
}
