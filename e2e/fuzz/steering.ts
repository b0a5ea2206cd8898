const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Whether a text has control characters (C0, DEL, C1) with which it could steer a terminal; tabs and ends of lines are none. */
export function hasSteering(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 ? unit !== TAB && unit !== LINE_FEED && unit !== CARRIAGE_RETURN : unit >= 0x7f && unit <= 0x9f) {
      return true;
    }
  }
  return false;
}
