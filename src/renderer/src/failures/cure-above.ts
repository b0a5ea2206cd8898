import { createContext } from 'react';
import type { Explanation } from '../../../contract/explanation.ts';

/** The cure that stands above everything in the view already; a failure in it that has the same one does not repeat it. */
export const CureAbove = createContext<Explanation['cure']>(null);
