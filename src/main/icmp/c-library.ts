/** What is used of `process.report`. */
export interface DiagnosticReport {
  /** Leaves out open sockets and interfaces (Node 20.13 and 22); the types of Node do not have it yet. */
  excludeNetwork: boolean;
  getReport(): object;
}

/**
 * Whether the C library that this process runs on is glibc. Asked without what the report would tell of open sockets:
 * for that it looks up the name of each one's peer, which blocks for as long as the name server does.
 */
export function isGlibc(report: DiagnosticReport): boolean {
  const { excludeNetwork } = report;
  report.excludeNetwork = true;
  try {
    const { header } = report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
    return header?.glibcVersionRuntime !== undefined;
  } finally {
    report.excludeNetwork = excludeNetwork;
  }
}
