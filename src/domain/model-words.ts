/** A model in the words of reports: its name, and its id where that says more. */
import type { AnyDescription } from './agent-description.ts';

/** "Segscope MobileNetV2 (segscope-mnv2-257)"; a file on an agent has no other name than its id. */
export function modelWords({ modelName, modelId }: Pick<AnyDescription, 'modelName' | 'modelId'>): string {
  return modelName === modelId ? modelId : `${modelName} (${modelId})`;
}
