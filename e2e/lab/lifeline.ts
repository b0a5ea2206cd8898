/** File descriptor, in the lab's first process, of the pipe to the process that started the lab. */
export const LIFELINE = 3;

/** Exit code when the lab itself could not be made, as distinct from every code of the command in it. */
export const EXIT_CODE_NO_LAB = 125;

/** What the lab says on the lifeline once the network stands. */
export const READY = 'ready';
