/** Room for the labels of one vertical axis: five digits and a little air. */
export const AXIS_WIDTH_PX = 46;
