/** What a WebGPU adapter calls itself, in browsers old and new. */

/** For instance "nvidia ampere"; "unknown adapter" where it says nothing. */
export async function adapterName(adapter: GPUAdapter): Promise<string> {
  const { vendor, architecture, device, description } = hasInfo(adapter)
    ? adapter.info
    : await adapter.requestAdapterInfo();
  const name = [vendor, architecture, device, description].filter((part) => part !== '').join(' ');
  return name === '' ? 'unknown adapter' : name;
}

/** The adapter that a library asking for the same will get. @throws Error where there is none. */
export async function fastestAdapter(): Promise<GPUAdapter> {
  // Not every browser has it, whatever the types say.
  const adapter =
    'gpu' in navigator ? await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }) : null;
  if (adapter === null) throw new Error('this browser has no WebGPU adapter');
  return adapter;
}

/** The successor of requestAdapterInfo(), which browsers have since removed. */
function hasInfo(adapter: GPUAdapter): adapter is GPUAdapter & { readonly info: GPUAdapterInfo } {
  return 'info' in adapter;
}
