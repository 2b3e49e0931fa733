/** The agent's picture and the agreement map on their canvases, repainted when the view changes. */
import { backgroundOf } from '../../domain/labels/agreement-colors.ts';
import { colormapOf } from '../../domain/labels/colormap.ts';
import type { LabelAgreement } from '../../domain/labels/label-agreement.ts';
import { createAgreementPainter } from '../../paint/agreement-painter.ts';
import { createOverlayPainter, type Painted } from '../../paint/overlay-painter.ts';
import type { OverlayStyle } from '../../paint/overlay-style.ts';
import type { AgentSegmentation, AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { PairSegmentation, PairSegmenter } from '../../segmentation/pair-segmenter.ts';
import type { ViewStore } from '../../app/view-store.ts';
import { classAt } from '../live/class-at.ts';
import type { ClassAtPoint } from '../live/live-session.types.ts';

export interface CompanionView {
  attach(agent: HTMLCanvasElement | null, agreement: HTMLCanvasElement | null): void;
  /** Takes over the frame's pixels. */
  paintAgent(segmentation: AgentSegmentation, by: AgentSegmenter): void;
  /** null where the two have other classes, so that nothing can agree. Called after paintAgent of the same frame. */
  paintAgreement(pair: PairSegmentation, by: PairSegmenter): LabelAgreement | null;
  /** Paints the last agent's frame again. */
  repaint(): void;
  classAt(x01: number, y01: number): ClassAtPoint | null;
  /** What is on the agent's canvas, by whom; null before the first frame. */
  last(): { readonly painted: Painted; readonly by: AgentSegmenter; readonly style: OverlayStyle } | null;
  close(): void;
}

export function createCompanionView(view: ViewStore): CompanionView {
  let agentCanvas: HTMLCanvasElement | null = null;
  let agreementCanvas: HTMLCanvasElement | null = null;
  let painter: ReturnType<typeof createOverlayPainter> | null = null;
  let agreementPainter = createAgreementPainter(null);
  let paintedBy: AgentSegmenter | null = null;

  const style = (): OverlayStyle => {
    const { opacity01, outlines, background, isolatedClass } = view.getState();
    const colormap = colormapOf(paintedBy?.description.classList ?? null);
    return { opacity01, outlines, background, isolatedClass, colormap };
  };

  function repaint(): void {
    painter?.repaint(style());
  }

  const stopWatching = view.subscribe(repaint);

  return {
    attach(agent, agreement) {
      if (agent !== agentCanvas) {
        painter?.close();
        painter = agent === null ? null : createOverlayPainter(agent);
        agentCanvas = agent;
      }
      if (agreement !== agreementCanvas) {
        agreementPainter = createAgreementPainter(agreement);
        agreementCanvas = agreement;
      }
    },
    paintAgent({ frame, labelMap }, by) {
      paintedBy = by;
      if (painter === null) frame.pixels.close();
      else painter.paint(frame.pixels, labelMap, style());
    },
    paintAgreement({ labelMap, agent }, by) {
      const { classList, classNames } = by.agent.description;
      const other = by.browser.description;
      if (other.classList !== classList || other.classNames.length !== classNames.length) return null;
      return agreementPainter.paint(painter?.last()?.pixels ?? null, {
        browser: labelMap,
        agent: agent.labelMap,
        background: backgroundOf(classList),
      });
    },
    repaint,
    classAt(x01, y01) {
      const labelMap = painter?.last()?.labelMap ?? null;
      return labelMap === null || paintedBy === null
        ? null
        : classAt(labelMap, paintedBy.description, x01, y01);
    },
    last() {
      const painted = painter?.last() ?? null;
      return painted === null || paintedBy === null ? null : { painted, by: paintedBy, style: style() };
    },
    close() {
      stopWatching();
      painter?.close();
    },
  };
}
