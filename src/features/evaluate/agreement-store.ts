/** What the Evaluate view shows of two configurations that segment the same frames, without any truth. */
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
  /** Share of the frame's pixels, of those that both have seen, on which they agree, 0..1. */
  readonly agreement01: number;
}

export interface SwappedClasses {
  readonly firstName: string;
  readonly secondName: string;
  /** CSS colours of the two classes. */
  readonly firstColor: string;
  readonly secondColor: string;
  /** Of all pixels compared, 0..1. */
  readonly share01: number;
}

export interface AgreementReading {
  /** "Segscope MobileNetV2, wasm, 257 px, fit", as they really run. */
  readonly firstName: string;
  readonly secondName: string;
  readonly sourceLabel: string;
  readonly frames: number;
  readonly seconds: number;
  /** Of the agreement per frame, 0..1. */
  readonly last01: number;
  readonly mean01: number;
  readonly median01: number;
  readonly lowest01: number;
  /** Oldest first, thinned out evenly as it grows long. */
  readonly history: readonly AgreementPoint[];
  readonly firstFlicker: FlickerReading;
  readonly secondFlicker: FlickerReading;
  /** Classes that the two take for each other, the largest shares first. */
  readonly swaps: readonly SwappedClasses[];
}

export interface AgreementState {
  readonly status: AgreementStatus;
  /** Of the comparison under way or of the last one; null before its first frame. */
  readonly reading: AgreementReading | null;
}

export function createAgreementStore() {
  return createStore<AgreementState>()(() => ({ status: { kind: 'idle' }, reading: null }));
}

export type AgreementStore = ReturnType<typeof createAgreementStore>;
