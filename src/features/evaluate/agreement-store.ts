/** State of the Evaluate view for two configurations that segment the same frames, without ground truth. */
import { createStore } from 'zustand/vanilla';
import type { Setup } from '../../domain/setup.ts';
import type { FlickerReading } from '../../domain/labels/label-flicker.ts';
import type { Problem } from '../../domain/problems/problem.ts';

export interface AgreementPlan {
  readonly first: Setup;
  readonly second: Setup;
}

export type AgreementStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly plan: AgreementPlan; readonly side: 'first' | 'second' | 'source' }
  | { readonly kind: 'running'; readonly plan: AgreementPlan }
  | { readonly kind: 'stopped'; readonly plan: AgreementPlan }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface AgreementPoint {
  /** Since the first frame. */
  readonly seconds: number;
  /** Share of the frame's pixels on which both agree, among the pixels that both have seen, 0..1. */
  readonly agreement01: number;
}

export interface SwappedClasses {
  readonly firstName: string;
  readonly secondName: string;
  /** CSS colours of the two classes. */
  readonly firstColor: string;
  readonly secondColor: string;
  /** Share of all compared pixels, 0..1. */
  readonly share01: number;
}

export interface AgreementReading {
  /** "Segscope MobileNetV2, wasm, 257 px, fit", as they actually run. */
  readonly firstName: string;
  readonly secondName: string;
  readonly sourceLabel: string;
  readonly frames: number;
  readonly seconds: number;
  /** Agreement per frame, 0..1. */
  readonly last01: number;
  readonly mean01: number;
  readonly median01: number;
  readonly lowest01: number;
  /** Oldest first; a long history is thinned evenly. */
  readonly history: readonly AgreementPoint[];
  readonly firstFlicker: FlickerReading;
  readonly secondFlicker: FlickerReading;
  /** Pairs of classes that the two swap, largest shares first. */
  readonly swaps: readonly SwappedClasses[];
}

export interface AgreementState {
  readonly status: AgreementStatus;
  /** For the current or the last comparison; null before its first frame. */
  readonly reading: AgreementReading | null;
}

export function createAgreementStore() {
  return createStore<AgreementState>()(() => ({ status: { kind: 'idle' }, reading: null }));
}

export type AgreementStore = ReturnType<typeof createAgreementStore>;
