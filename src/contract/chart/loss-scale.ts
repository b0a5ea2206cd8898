/** The scale of loss, the same in every chart: 0 % at the top, from where bars hang as deep as the share that was lost. */

/** The part of a chart inside its axes, in CSS pixels. */
export interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ScaleLabel {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

/** Thinnest and lowest bar: one lost probe among a thousand is still seen. */
const THINNEST_BAR_PX = 3;
const LOWEST_BAR_PX = 5;

const LABEL_AIR_PX = 8;
const RATIOS = [0, 0.5, 1];

/** The bar of a share between two places across the plot, cut at its edges; its width is 0 when it lies outside. */
export function lossBar(plot: Plot, fromX: number, toX: number, ratio: number): Plot {
  const middle = (fromX + toX) / 2;
  const half = Math.max(THINNEST_BAR_PX, toX - fromX) / 2;
  const x = Math.max(plot.x, middle - half);
  return {
    x: roundPx(x),
    y: plot.y,
    width: roundPx(Math.max(0, Math.min(plot.x + plot.width, middle + half) - x)),
    height: roundPx(Math.max(LOWEST_BAR_PX, plot.height * ratio)),
  };
}

/** The labels of the scale, at the right of the plot. */
export function lossLabels(plot: Plot): readonly ScaleLabel[] {
  return RATIOS.map((ratio) => ({
    x: plot.x + plot.width + LABEL_AIR_PX,
    y: roundPx(plot.y + plot.height * ratio),
    label: `${ratio * 100} %`,
  }));
}

/** A tenth of a pixel is finer than any screen, and keeps paths short. */
export function roundPx(px: number): number {
  return Math.round(px * 10) / 10;
}
