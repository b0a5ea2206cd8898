/** Why the browser host could not start. */
export type WebHostFailure =
  | { readonly kind: 'renderer-not-built'; readonly directory: string }
  | { readonly kind: 'port-in-use'; readonly host: string; readonly port: number }
  | { readonly kind: 'host-not-local'; readonly host: string }
  | { readonly kind: 'port-not-permitted'; readonly port: number }
  | { readonly kind: 'system-error'; readonly osCode: string; readonly syscall: string };

/** Translates what `listen` failed with. */
export function listenFailure(error: NodeJS.ErrnoException, host: string, port: number): WebHostFailure {
  switch (error.code) {
    case 'EADDRINUSE':
      return { kind: 'port-in-use', host, port };
    // A name is looked up before the socket is bound, so a host that is not here shows in either step.
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EAI_AGAIN':
    case 'EINVAL':
    case 'ENOTFOUND':
      return { kind: 'host-not-local', host };
    case 'EACCES':
      return { kind: 'port-not-permitted', port };
    default:
      return { kind: 'system-error', osCode: error.code ?? 'unknown', syscall: error.syscall ?? 'listen' };
  }
}

/** The failure as a sentence for the terminal, with its cure. */
export function describeWebHostFailure(failure: WebHostFailure): string {
  switch (failure.kind) {
    case 'renderer-not-built':
      return `There is no page to serve in ${failure.directory}: run "npm run build" first.`;
    case 'port-in-use':
      return `Port ${failure.port} of ${failure.host} is in use: end the program that uses it, or choose another with --port.`;
    case 'host-not-local':
      return `${failure.host} is not an address of this machine: choose one that is with --host, or leave --host out to serve this machine only.`;
    case 'port-not-permitted':
      return `This user may not open port ${failure.port}: choose a port from 1024 up with --port.`;
    case 'system-error':
      return `The browser host could not start: ${failure.syscall} failed with ${failure.osCode}.`;
  }
}
