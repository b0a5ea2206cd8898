import { type DescribedLayer, type DescribedSelfTest, layerName } from '../../../contract/describe-self-test.ts';
import { escapeControls } from '../../../contract/escape-controls.ts';
import type { SelfTestReport } from '../../../contract/self-test.ts';
import type { Style } from '../../reports/style.ts';

/** The self-test for people: each layer with its sentence, and the cure where it fails. */
export function selfTestText({ sentence, tone, layers }: DescribedSelfTest, style: Style): readonly string[] {
  if (layers.length === 0) return [];
  const heads = layers.map(({ layer, family }) => `${layerName(layer)}, IPv${family}`);
  const width = Math.max(...heads.map((head) => head.length));
  return [
    '',
    tone === 'bad' ? style.bad(escapeControls(sentence)) : style.good(escapeControls(sentence)),
    ...layers.flatMap((layer, place) => [
      `  ${(heads[place] ?? '').padEnd(width)}  ${labelOf(layer, style)}: ${escapeControls(layer.sentence)}`,
      ...(layer.cure === null
        ? []
        : [
            `      ${escapeControls(layer.cure.sentence)}`,
            ...(layer.cure.command?.split('\n').map((line) => `        ${escapeControls(line)}`) ?? []),
          ]),
    ]),
  ];
}

function labelOf({ tone, label }: DescribedLayer, style: Style): string {
  switch (tone) {
    case 'good':
      return style.good(label);
    case 'trouble':
    case 'bad':
      return style.bad(label);
    case 'resting':
      return label;
  }
}

/** The same for scripts. */
export function selfTestJson({ results }: SelfTestReport, { sentence, tone, layers }: DescribedSelfTest): object {
  return {
    sentence,
    tone,
    layers: results.map((result, place) => {
      const told = layers[place];
      return { ...result, tone: told?.tone ?? null, message: told?.sentence ?? null, cure: told?.cure ?? null };
    }),
  };
}
