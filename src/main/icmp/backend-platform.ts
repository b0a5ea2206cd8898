import type { Platform } from '../../contract/system.ts';
import { nativeAddon } from './native-addon.ts';

/** The system whose backend was loaded, by its row in the table of abilities. */
export function backendPlatform(): Platform {
  return nativeAddon.platform === 'unsupported' ? 'other' : nativeAddon.platform;
}
