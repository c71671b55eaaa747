// The types of start-time.mjs.
/** When a process started; undefined when it is gone. */
export function startTime(pid: number): string | undefined;
/** State, parent and the rest of a process on Linux, or of one of its threads (`<pid>/task/<thread>`); empty when it is gone. */
export function statFields(pid: number | string): string[];
