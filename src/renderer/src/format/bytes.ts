/** A size in the unit that suits it, in powers of ten as disks are sold: 812 B, 45 kB, 3.2 MB, 1.8 GB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${Math.round(bytes)} B`;
  // The borders lie where rounding would show one digit more.
  if (bytes < 999_500) return `${Math.round(bytes / 1e3)} kB`;
  if (bytes < 999_500_000) return `${inUnit(bytes / 1e6)} MB`;
  return `${inUnit(bytes / 1e9)} GB`;
}

function inUnit(value: number): string {
  return value < 9.95 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}
