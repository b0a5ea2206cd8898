import { elementSvg, svgBlob, svgToPng } from './element-picture.ts';
import { type Copying, fileNameOf } from './use-copy.ts';

/** Into the clipboard, or as a file of that kind. */
export type PictureForm = 'clipboard' | 'png' | 'svg';

/** What stands with a picture. */
export interface PictureWords {
  /** The line above it. */
  readonly caption: string;
  /** What has been copied, for the sentence that says so. */
  readonly what: string;
  /** What the name of a file is made of. */
  readonly fileName: readonly string[];
}

/** A picture of an element as it stands on the page; what came of it is told by `copying`. */
export async function takePicture(
  { copyPicture, save }: Pick<Copying, 'copyPicture' | 'save'>,
  element: HTMLElement | null,
  form: PictureForm,
  { caption, what, fileName }: PictureWords,
): Promise<void> {
  if (element === null) return;
  const drawn = () => elementSvg(element, caption);
  if (form === 'clipboard') {
    await copyPicture(() => svgToPng(drawn()), what);
    return;
  }
  await save(() => (form === 'svg' ? svgBlob(drawn()) : svgToPng(drawn())), fileNameOf(fileName, form));
}
