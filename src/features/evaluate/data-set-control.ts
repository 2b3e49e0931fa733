/** Controls which data set is open, and what the numbers in its masks mean. */
import { problemOf } from '../../domain/problems/problem.ts';
import type { FolderSource } from '../../evaluation/folder-source.ts';
import {
  parseMapping,
  presetMapping,
  type MappingPreset,
  type MaskMapping,
} from '../../evaluation/mask-mapping.ts';
import type { EvaluationStore } from './evaluation-store.ts';
import { readDataSet, sourceName, type OpenDataSet } from './open-data-set.ts';

export interface DataSetControl {
  readonly current: () => OpenDataSet | null;
  readonly mapping: () => MaskMapping | null;
  /** Replaces the open data set and writes the outcome to the store. */
  open(images: FolderSource, masks: FolderSource | null): Promise<void>;
  chooseMapping(chosen: File | MappingPreset | null): Promise<void>;
  setMapping(mapping: MaskMapping | null): void;
  close(): void;
}

/** @param onChange called when another data set opens or the current one closes */
export function createDataSetControl(store: EvaluationStore, onChange: () => Promise<void>): DataSetControl {
  let opening: AbortController | null = null;
  let dataSet: OpenDataSet | null = null;
  let mapping: MaskMapping | null = null;

  function report(): void {
    if (dataSet === null) return;
    store.setState({
      dataSet: { kind: 'ready', report: { ...dataSet.report, mapping: mapping?.name ?? null } },
    });
  }

  function setMapping(chosen: MaskMapping | null): void {
    mapping = chosen;
    report();
  }

  return {
    current: () => dataSet,
    mapping: () => mapping,
    setMapping,
    async open(images, masks) {
      opening?.abort();
      const controller = new AbortController();
      opening = controller;
      dataSet = null;
      const name = masks === null ? sourceName(images) : `${sourceName(images)} + ${sourceName(masks)}`;
      const seen = (filesSeen: number) => {
        if (opening === controller) store.setState({ dataSet: { kind: 'reading', name, filesSeen } });
      };
      seen(0);
      try {
        const opened = await readDataSet(images, masks, seen, controller.signal);
        if (opening !== controller) return;
        dataSet = opened;
        report();
        await onChange();
      } catch (error) {
        if (opening !== controller) return;
        const problem = problemOf(error, (detail) => ({ kind: 'dataset-unreadable', name, detail }));
        store.setState({ dataSet: { kind: 'failed', problem } });
      }
    },
    async chooseMapping(chosen) {
      try {
        if (chosen === null) setMapping(null);
        else if (chosen instanceof File) setMapping(parseMapping(await chosen.text(), chosen.name));
        else setMapping(presetMapping(chosen));
      } catch (error) {
        const fileName = chosen instanceof File ? chosen.name : 'mapping';
        const problem = problemOf(error, (detail) => ({ kind: 'mapping-invalid', fileName, detail }));
        store.setState({ problem });
      }
    },
    close() {
      opening?.abort();
      opening = null;
      dataSet = null;
      store.setState({ dataSet: { kind: 'none' } });
      void onChange();
    },
  };
}
